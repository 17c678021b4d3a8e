import { expect } from 'chai';
import fc from 'fast-check';
import { centre, walshAverages } from './hodges-lehmann.ts';
import { signedRank } from './signed-rank.ts';

const value = fc.integer({ min: -1000, max: 1000 });
const values = fc.array(value, { minLength: 1, maxLength: 14 });
const chance = 0.01;

describe('centre', () => {
  it('is the median of the means of all pairs', () => {
    expect(walshAverages([1, 5, 2])).to.deep.equal([1, 1.5, 2, 3, 3.5, 5]);
    expect(centre([1, 5, 2], chance).estimate).to.equal(2.5);
  });

  it('has the second smallest and the second largest mean as bounds for eight differences', () => {
    // A rank sum of 1 or less has the chance 2/256, of 2 or less 3/256: one mean is cut off on each side.
    const eight = [1, 2, 4, 8, 16, 32, 64, 128];
    expect(centre(eight, chance)).to.include({ least: 1.5, most: 96 });
  });

  it('has no bounds for six differences', () => {
    expect(centre([1, 2, 3, 4, 5, 6], chance)).to.deep.equal({ estimate: 3.5, least: -Infinity, most: Infinity });
  });

  it('shifts and mirrors with the differences', () => {
    fc.assert(
      fc.property(values, value, (differences, by) => {
        const { estimate, least, most } = centre(differences, chance);
        const moved = centre(
          differences.map((difference) => difference + by),
          chance,
        );
        expect(moved).to.deep.equal({ estimate: estimate + by, least: least + by, most: most + by });
        const turned = centre(
          differences.map((difference) => 0 - difference),
          chance,
        );
        expect(turned.estimate + estimate).to.equal(0);
        expect(turned.least).to.equal(0 - most);
      }),
    );
  });

  it('has 0 outside its bounds exactly if the test rejects 0, for differences without ties', () => {
    const differences = fc.uniqueArray(fc.integer({ min: 1, max: 1000 }), { minLength: 8, maxLength: 14 });
    fc.assert(
      fc.property(differences, fc.infiniteStream(fc.boolean()), (sizes, signs) => {
        const signed = sizes.map((size) => (signs.next().value === true ? size : -size));
        expect(centre(signed, chance).least > 0).to.equal(signedRank(signed).pGreater <= chance);
      }),
    );
  });
});
