import { expect } from 'chai';
import { cutAt, unitsOf } from './cuts.ts';

describe('unitsOf', () => {
  it('finds characters of several bytes and escapes of every kind, with their offsets in UTF-8', () => {
    const units = ['é', '語', '\u{1f600}', '\\u00e9', '\\ud83d\\ude00', '\\"', '\\\\', '\\n'];
    const found = unitsOf(`{"id":"${units.join('x')}"}`);
    expect(found.map(({ text }) => text)).to.deep.equal(units);
    expect(found.slice(0, 3)).to.deep.equal([
      { text: 'é', at: 7, sizeBytes: 2 },
      { text: '語', at: 10, sizeBytes: 3 },
      { text: '\u{1f600}', at: 14, sizeBytes: 4 },
    ]);
  });

  it('does not take an escaped backslash for the beginning of an escape', () => {
    expect(unitsOf('"\\\\u00e9"').map(({ text }) => text)).to.deep.equal(['\\\\']);
  });
});

describe('cutAt', () => {
  it('gives pieces that are the bytes when joined', () => {
    const pieces = cutAt(Buffer.from('abcdef'), [1, 4]);
    expect(pieces.map(String)).to.deep.equal(['a', 'bcd', 'ef']);
  });
});
