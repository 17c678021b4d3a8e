import { expect } from 'chai';
import { sample, seededRandom, shuffle } from './random.ts';

describe('random numbers', () => {
  it('is the same for the same seed', () => {
    const numbers = (seed: number): number[] => {
      const random = seededRandom(seed);
      return Array.from({ length: 20 }, () => random.below(1000));
    };
    expect(numbers(7)).to.deep.equal(numbers(7));
    expect(numbers(7)).not.to.deep.equal(numbers(8));
  });

  it('samples distinct items, and all of them if there are fewer', () => {
    const random = seededRandom(1);
    expect(new Set(sample([1, 2, 3, 4, 5, 6, 7], 5, random))).to.have.property('size', 5);
    expect(sample([1, 2, 3], 5, random).sort()).to.deep.equal([1, 2, 3]);
  });

  it('samples each item equally often', () => {
    const random = seededRandom(2);
    const counts = new Map<number, number>();
    const items = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    for (let round = 0; round < 10_000; round++) {
      for (const item of sample(items, 5, random)) counts.set(item, (counts.get(item) ?? 0) + 1);
    }
    // Expected 5,000, standard deviation 50.
    for (const count of counts.values()) expect(count).to.be.within(4700, 5300);
  });

  it('shuffles', () => {
    const items = Array.from({ length: 50 }, (_, index) => index);
    const shuffled = shuffle([...items], seededRandom(3));
    expect(shuffled).not.to.deep.equal(items);
    expect(shuffled.sort((one, other) => one - other)).to.deep.equal(items);
  });
});
