import { expect } from 'chai';
import { printableCopy } from './printable-copy.ts';

describe('printableCopy', () => {
  it('escapes every text of a value, and changes nothing else', () => {
    const value = { a: ['\u0000', 1, null], b: { c: '\u001b', d: true } };
    expect(printableCopy(value)).to.deep.equal({ a: ['\\u0000', 1, null], b: { c: '\\u001b', d: true } });
    expect(value.b.c).to.equal('\u001b');
  });
});
