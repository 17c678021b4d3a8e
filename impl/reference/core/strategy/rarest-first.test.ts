import { expect } from 'chai';
import fc from 'fast-check';
import { RarestFirst } from './rarest-first.ts';
import { seededRandom } from '../random.ts';

const blocks = 12;

/** A simple model: a holder count for each block, and a search through all blocks for each pick. */
class Model {
  readonly holders = Array<number>(blocks).fill(0);
  readonly listed = new Set(this.holders.keys());

  rarest(isWanted: (block: number) => boolean): number[] {
    const held = [...this.listed].filter((block) => this.count(block) > 0 && isWanted(block));
    const least = Math.min(...held.map((block) => this.count(block)));
    return held.filter((block) => this.count(block) === least);
  }

  count(block: number): number {
    return this.holders[block] as number;
  }
}

type Act = readonly ['addHolder' | 'removeHolder' | 'add' | 'remove', number];

const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.tuple(fc.constantFrom('addHolder', 'addHolder', 'addHolder', 'removeHolder', 'add', 'remove'), fc.nat(blocks - 1)),
);

function apply(rarest: RarestFirst, model: Model, [act, block]: Act): void {
  if (act === 'removeHolder' && model.count(block) === 0) return;
  rarest[act](block);
  if (act === 'addHolder') model.holders[block] = model.count(block) + 1;
  else if (act === 'removeHolder') model.holders[block] = model.count(block) - 1;
  else if (act === 'add') model.listed.add(block);
  else model.listed.delete(block);
}

describe('rarest first', () => {
  it('picks what a simple model would pick, after any changes', () => {
    fc.assert(
      fc.property(fc.nat(), acts, fc.integer({ min: 1, max: 3 }), (seed, happened, divisor) => {
        const rarest = new RarestFirst(blocks, seededRandom(seed));
        const model = new Model();
        const isWanted = (block: number): boolean => block % divisor === 0;
        for (const act of happened) {
          apply(rarest, model, act);
          const candidates = model.rarest(isWanted);
          const picked = rarest.pickRarest(isWanted);
          if (candidates.length === 0) expect(picked).to.equal(undefined);
          else expect(candidates).to.include(picked);
          const unheld = [...model.listed].filter((block) => model.count(block) === 0);
          if (unheld.length === 0) expect(rarest.pickUnheld()).to.equal(undefined);
          else expect(unheld).to.include(rarest.pickUnheld());
        }
      }),
    );
  });

  it('breaks ties at random', () => {
    const rarest = new RarestFirst(blocks, seededRandom(1));
    for (let block = 0; block < blocks; block++) rarest.addHolder(block);
    const picked = new Set(Array.from({ length: 200 }, () => rarest.pickRarest(() => true)));
    expect(picked.size).to.equal(blocks);
  });

  it('examines one block for a pick where every block is wanted, for any N', () => {
    const rarest = new RarestFirst(100_000, seededRandom(1));
    for (let block = 0; block < 100_000; block++) rarest.addHolder(block);
    let examined = 0;
    rarest.pickRarest(() => {
      examined++;
      return true;
    });
    expect(examined).to.equal(1);
  });
});
