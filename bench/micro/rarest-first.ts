import type { Bench } from 'tinybench';
import { seededRandom } from '../../impl/reference/core/random.ts';
import { RarestFirst } from '../../impl/reference/core/strategy/rarest-first.ts';

const picks = 1000;

/** Picks of a block, each with the updates for a received and an announced one: independent of the number of blocks. */
export function addRarestFirst(bench: Bench): void {
  for (const blocks of [1_000, 100_000]) {
    const random = seededRandom(1);
    const rarest = new RarestFirst(blocks, random);
    for (let holder = 0; holder < 20 * blocks; holder++) rarest.addHolder(random.below(blocks));
    bench.add(`rarest first: ${picks.toLocaleString('en')} picks of ${blocks.toLocaleString('en')} blocks`, () => {
      for (let pick = 0; pick < picks; pick++) {
        const block = rarest.pickRarest(() => true);
        if (block === undefined) throw new Error('No block was found.');
        rarest.remove(block);
        const announced = random.below(blocks);
        rarest.addHolder(announced);
        rarest.removeHolder(announced);
        rarest.add(block);
      }
    });
  }
}
