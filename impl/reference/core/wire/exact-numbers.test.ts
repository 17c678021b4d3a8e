import { expect } from 'chai';
import fc from 'fast-check';
import { withoutRounding } from './exact-numbers.ts';

describe('withoutRounding', () => {
  for (const text of [
    ...['3.0000000000000001', '1e-400', '-1e-400', '0.99999999999999999999', '1E-999', '10000000000000000.5'],
    '30000000000000001e-16',
  ]) {
    it(`does not let ${text} become an integer`, () => {
      expect(JSON.parse(withoutRounding(`{"a":[${text}]}`))).to.deep.equal({ a: [0.5] });
    });
  }

  for (const text of ['2.0', '1e1', '0', '-0', '0.0e-7', '120e-1', '1.50e1', '2.5', '1e400', '0.000']) {
    it(`leaves ${text} alone`, () => {
      expect(withoutRounding(`{"a":${text}}`)).to.equal(`{"a":${text}}`);
    });
  }

  it('leaves strings alone', () => {
    const json = JSON.stringify({ 'a"\\': '1e-400', b: ['\\', '3.0000000000000001"', '"'] });
    expect(withoutRounding(json)).to.equal(json);
  });

  it('changes nothing that was written from doubles', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(withoutRounding(json)).to.equal(json);
      }),
    );
  });
});
