import { expect } from 'chai';
import { UsageError } from '../../launch/usage-error.ts';
import { parseSize } from './size.ts';

describe('parseSize', () => {
  for (const [text, bytes] of [
    ['11KB', 11_000],
    ['11kb', 11_000],
    ['1.5 MiB', 1_572_864],
    ['512', 512],
    ['0', 0],
    ['2GiB', 2_147_483_648],
    ['7B', 7],
  ] as const) {
    it(`reads ${text}`, () => expect(parseSize(text)).to.equal(bytes));
  }

  for (const text of ['', 'KB', '-1', '1e3', '11 pounds', '11K B', '0x10', '99999999999GB', '1..2', 'constructor']) {
    it(`refuses ${JSON.stringify(text)}`, () =>
      expect(() => parseSize(text)).to.throw(UsageError, 'must be a number with B'));
  }
});
