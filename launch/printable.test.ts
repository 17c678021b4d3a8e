import { expect } from 'chai';
import { printable } from './printable.ts';

describe('printable', () => {
  it('escapes control characters, bidirectional controls and non-characters', () => {
    expect(printable('\u001b[2J\u009b\u0007\r\u0000\u007f')).to.equal('\\u001b[2J\\u009b\\u0007\\u000d\\u0000\\u007f');
    expect(printable('\u202e\u2066\u061c\u2028\ud800\uffff')).to.equal('\\u202e\\u2066\\u061c\\u2028\\ud800\\uffff');
  });

  it('keeps text of all languages, and line feeds', () => {
    for (const text of ['é 漢字 עברית', '\u{1f600}', 'a\nb']) expect(printable(text)).to.equal(text);
    expect(printable('\tx')).to.equal('    x');
  });
});
