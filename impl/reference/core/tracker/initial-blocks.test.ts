import { expect } from 'chai';
import fc from 'fast-check';
import { InitialBlocks } from './initial-blocks.ts';
import { seededRandom } from '../random.ts';

describe('initial blocks', () => {
  it('are distinct, in range, and different for the first peers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.nat(40), fc.nat(), (totalBlocks, perPeer, seed) => {
        const initial = new InitialBlocks(totalBlocks, perPeer, seededRandom(seed));
        const size = Math.min(perPeer, totalBlocks);
        const designated = Array.from({ length: 10 }, () => initial.designate());
        for (const blocks of designated) {
          expect(blocks).to.have.length(size);
          expect(new Set(blocks).size).to.equal(size);
          expect(blocks.every((index) => index >= 0 && index < totalBlocks)).to.equal(true);
        }
        const first = designated.slice(0, size === 0 ? 0 : Math.floor(totalBlocks / size)).flat();
        expect(new Set(first).size).to.equal(first.length);
      }),
    );
  });
});
