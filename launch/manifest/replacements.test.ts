import { expect } from 'chai';
import { replacementsByFile, replaceTexts } from './replacements.ts';

const file = 'f';
const replaceIn = (text: string | Buffer, ...replacements: { find: string; with: string; count?: number }[]) =>
  replaceTexts(
    Buffer.from(text as string),
    replacementsByFile(replacements.map((one) => ({ file, ...one }))).get(file) ?? [],
  );

describe('replaceTexts', () => {
  it('expands placeholders, and leaves other braces', () => {
    const text = replaceIn('N = 100\n', { find: '100', with: '{blocks} {x} {}' });
    expect(text.bytes(new Map([['blocks', '7']])).toString()).to.equal('N = 7 {x} {}\n');
  });

  it('reports how often a text occurs if that is not the count', () => {
    const { failures } = replaceIn(
      'a b a',
      { find: 'a', with: 'c' },
      { find: 'b', with: 'c', count: 2 },
      { find: 'd', with: '' },
    );
    expect(failures.map(({ replacement, found }) => [replacement.position, found])).to.deep.equal([[0, 2], [1, 1], [2, 0]]); // prettier-ignore
  });

  it('replaces a text count times', () => {
    expect(replaceIn('a b a', { find: 'a', with: 'c', count: 2 }).bytes(new Map()).toString()).to.equal('c b c');
  });

  it('replaces in order, and never inside a value', () => {
    const text = replaceIn('port 1', { find: '1', with: 'x{port}' }, { find: 'x', with: 'y' });
    expect(text.bytes(new Map([['port', 'x1']])).toString()).to.equal('port yx1');
    expect(replaceIn('1', { find: '1', with: '{port}' }, { find: '80', with: '' }).failures).to.have.length(1);
  });

  it('keeps bytes that are not UTF-8, and writes new text as UTF-8', () => {
    const bytes = Buffer.from([0xff, 0x00, 0x41, 0x0d, 0x0a]);
    const text = replaceTexts(bytes, replacementsByFile([{ file, find: 'A', with: 'é{peer_id}' }]).get(file) ?? []);
    const expected = Buffer.concat([bytes.subarray(0, 2), Buffer.from('é€'), bytes.subarray(3)]);
    expect(text.bytes(new Map([['peer_id', '€']])).equals(expected)).to.be.true;
  });
});
