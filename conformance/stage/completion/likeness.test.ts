import { expect } from 'chai';
import { lacksLastBlock, smallDifference } from './likeness.ts';

describe('smallDifference', () => {
  const text = 'um\r\ndois é 語 \u{1f600}\n';
  const file = Buffer.from(text);

  const alike: readonly [what: string, output: Buffer | string, difference: string][] = [
    ['a lost final newline', text.trimEnd(), 'other white space at its end'],
    ['an extra final newline', `${text}\n`, 'other white space at its end'],
    ['LF for CR LF', text.replace('\r\n', '\n'), 'other line ends'],
    ['a byte order mark', `\ufeff${text}`, 'an extra byte order mark'],
    ['Latin-1', Buffer.from('um\r\ndois é ? ?\n', 'latin1'), 'Latin-1 for UTF-8'],
    ['Latin-1 of UTF-16', Buffer.from('um\r\ndois é ? ??\n', 'latin1'), 'Latin-1 for UTF-8'],
  ];
  for (const [what, output, difference] of alike) {
    it(`tells ${what}`, () => {
      expect(smallDifference(Buffer.from(output as string), file)).equals(difference);
    });
  }

  it('takes no other text for the same', () => {
    for (const output of ['', 'um', 'WRONG', `${text}x`, text.replace('dois', 'três'), text.replace(' ', '')])
      expect(smallDifference(Buffer.from(output), file), output).equals(undefined);
  });
});

describe('lacksLastBlock', () => {
  it('tells whether exactly the last block is missing', () => {
    expect(lacksLastBlock(Buffer.from('ab'), ['a', 'b', 'c'])).equals(true);
    for (const output of ['', 'a', 'bc', 'abc'])
      expect(lacksLastBlock(Buffer.from(output), ['a', 'b', 'c'])).equals(false);
  });
});
