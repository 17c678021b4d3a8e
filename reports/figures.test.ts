import { expect } from 'chai';
import { count, factor, inSeconds, percent, plural, seconds, size, swarmSize } from './figures.ts';

describe('figures', () => {
  it('give times two decimals as the paper does, and short ones three', () => {
    expect([0.4567, 9.9994, 55.114, 597.08, undefined].map(seconds)).to.deep.equal([
      '0.457',
      '9.999',
      '55.11',
      '597.08',
      '–',
    ]);
  });

  it('give counts a decimal only where it matters', () => {
    expect([0, 41, 42.666, 474.5, undefined].map(count)).to.deep.equal(['0', '41', '42.7', '475', '–']);
  });

  it('give factors and sizes in a few digits', () => {
    expect([0.5, 1.037, 134.2, undefined].map(factor)).to.deep.equal(['×0.50', '×1.04', '×134', '–']);
    expect([0, 999, 11_000, 16_777_216].map(size)).to.deep.equal(['0 B', '999 B', '11.0 KB', '16.8 MB']);
  });

  it('give deviations a sign unless they round to zero', () => {
    expect([0.44, -27.55, -0.04, 123.4, 16_000, undefined].map(percent)).to.deep.equal([
      '+0.4 %',
      '−27.6 %',
      '0.0 %',
      '+123 %',
      '>999 %',
      '–',
    ]);
  });

  it('give milliseconds as seconds', () => {
    expect([457, 55_114, undefined].map(inSeconds)).to.deep.equal(['0.457', '55.11', '–']);
  });

  it('give the size of a swarm', () => {
    expect(swarmSize(1, 20)).to.equal('1 peer × 20 blocks');
  });

  it('use singular and plural', () => {
    expect([plural(1, 'peer'), plural(0, 'peer'), plural(3, 'peer')]).to.deep.equal(['1 peer', '0 peers', '3 peers']);
  });
});
