import { expect } from 'chai';
import { UsageError } from '../../launch/usage-error.ts';
import { integers } from './numbers.ts';

const parse = integers('--peers', 1, 1000);

describe('integers', () => {
  it('reads a list, each number once', () => {
    expect(parse('3')).to.deep.equal([3]);
    expect(parse('3, 5,3,1000')).to.deep.equal([3, 5, 1000]);
  });

  for (const text of ['', '3,', '0', '1001', '-3', '3.5', '1e2', '0x3', 'three', '999999999999999999999']) {
    it(`refuses ${JSON.stringify(text)} and names the option`, () => {
      expect(() => parse(text)).to.throw(UsageError, '--peers');
    });
  }
});
