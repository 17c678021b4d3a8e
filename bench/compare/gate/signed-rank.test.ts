import { expect } from 'chai';
import fc from 'fast-check';
import { criticalRankSum, signedRank } from './signed-rank.ts';

// The largest rank sum that is significant at .05, .025, .01 and .005, one-sided; null: there is none.
// R. L. McCornack, Extended tables of the Wilcoxon matched pair signed rank statistic, J. Am. Stat. Assoc. 60 (1965).
const published: Readonly<Record<number, readonly (number | null)[]>> = {
  5: [0, null, null, null],
  6: [2, 0, null, null],
  7: [3, 2, 0, null],
  8: [5, 3, 1, 0],
  9: [8, 5, 3, 1],
  10: [10, 8, 5, 3],
  11: [13, 10, 7, 5],
  12: [17, 13, 9, 7],
  13: [21, 17, 12, 9],
  14: [25, 21, 15, 12],
  15: [30, 25, 19, 15],
  16: [35, 29, 23, 19],
  17: [41, 34, 27, 23],
  18: [47, 40, 32, 27],
  19: [53, 46, 37, 32],
  20: [60, 52, 43, 37],
};

const small = fc.array(fc.integer({ min: -4, max: 4 }), { maxLength: 10 });

describe('signedRank', () => {
  for (const [number, row] of Object.entries(published)) {
    it(`agrees with the published table for ${number} differences`, () => {
      const found = [0.05, 0.025, 0.01, 0.005].map((chance) => criticalRankSum(Number(number), chance));
      expect(found).to.deep.equal(row.map((value) => value ?? -1));
    });
  }

  it('gives equal sizes the mean of their ranks', () => {
    // Ranks 1.5, 1.5, 3, 4, … 12; those of the negative differences are 1.5 and 4.
    const { rankSum, ranked } = signedRank([-1, 1, 2, -3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect({ rankSum, ranked }).to.deep.equal({ rankSum: 78 - 5.5, ranked: 12 });
  });

  it('gives differences of one sign the probability of as many heads', () => {
    expect(signedRank([1, 2, 3, 4, 5, 6, 7, 8]).pGreater).to.equal(1 / 256);
    expect(signedRank([-1, -2, -3, -4, -5, -6, -7, -8]).pLess).to.equal(1 / 256);
  });

  it('drops zeros, and is neutral about zeros alone', () => {
    expect(signedRank([0, 1, 0, 2, 0])).to.deep.equal(signedRank([1, 2]));
    expect(signedRank([0, 0])).to.deep.equal({ ranked: 0, rankSum: 0, pGreater: 1, pLess: 1 });
  });

  it('equals an enumeration of all signs, with or without ties', () => {
    fc.assert(
      fc.property(small, (differences) => {
        const found = signedRank(differences);
        expect(found.pGreater).to.be.closeTo(byEnumeration(differences), 1e-12);
      }),
    );
  });

  it('is symmetric', () => {
    fc.assert(
      fc.property(small, (differences) => {
        const mirrored = signedRank(differences.map((difference) => -difference));
        expect(mirrored.pLess).to.be.closeTo(signedRank(differences).pGreater, 1e-12);
      }),
    );
  });

  it('stays a probability for many differences', () => {
    const { pGreater, pLess } = signedRank(Array.from({ length: 100 }, (_, at) => (at % 2 === 0 ? at + 1 : -at - 1)));
    expect(pGreater + pLess).to.be.within(1, 1.01);
  });
});

/** The fraction of all combinations of signs whose positive ranks have this sum or more. */
function byEnumeration(differences: readonly number[]): number {
  const sizes = differences.filter((difference) => difference !== 0).map(Math.abs);
  const ranks = sizes.map((size) => {
    const smaller = sizes.filter((other) => other < size).length;
    const equal = sizes.filter((other) => other === size).length;
    return smaller + (equal + 1) / 2;
  });
  const signs = differences.filter((difference) => difference !== 0).map((difference) => difference > 0);
  const observed = ranks.reduce((sum, rank, at) => sum + (signs[at] ? rank : 0), 0);
  let asMuch = 0;
  for (let combination = 0; combination < 2 ** ranks.length; combination++) {
    const sum = ranks.reduce((so, rank, at) => so + ((combination >> at) & 1 ? rank : 0), 0);
    if (sum >= observed) asMuch++;
  }
  return asMuch / 2 ** ranks.length;
}
