import { shuffle, type Random } from '../random.ts';

const notListed = -1;

/**
 * The blocks that may be requested, by their number of known holders (peer.selection.rarest-first). There is one list per
 * holder count, so that the time for a change does not depend on the number of blocks, nor does the time for a pick whose
 * first candidate is wanted.
 *
 * At first every block is listed and has no holder.
 */
export class RarestFirst {
  readonly #random: Random;
  readonly #holders: Int32Array;
  /** The index of the block in the list for its holder count. */
  readonly #position: Int32Array;
  readonly #lists: number[][];

  constructor(totalBlocks: number, random: Random) {
    this.#random = random;
    this.#holders = new Int32Array(totalBlocks);
    this.#position = new Int32Array(totalBlocks);
    const blocks = shuffle(Array.from(this.#holders.keys()), random);
    blocks.forEach((block, position) => (this.#position[block] = position));
    this.#lists = [blocks];
  }

  /** How many known peers have the block. */
  holders(block: number): number {
    return this.#holders[block] as number;
  }

  addHolder(block: number): void {
    this.#changeHolders(block, 1);
  }

  removeHolder(block: number): void {
    this.#changeHolders(block, -1);
  }

  /** Lists the block: it may be requested. */
  add(block: number): void {
    if (this.#position[block] !== notListed) return;
    const list = this.#list(this.holders(block));
    this.#position[block] = list.push(block) - 1;
  }

  /** Takes the block off its list: it is owned, in flight, or not to be had from peers. */
  remove(block: number): void {
    const position = this.#position[block] as number;
    if (position === notListed) return;
    const list = this.#list(this.holders(block));
    const last = list.pop() as number;
    if (last !== block) {
      list[position] = last;
      this.#position[last] = position;
    }
    this.#position[block] = notListed;
  }

  /** A listed block for which `isWanted` is true, with the fewest holders, but at least one. Ties are broken at random. */
  pickRarest(isWanted: (block: number) => boolean): number | undefined {
    for (let holders = 1; holders < this.#lists.length; holders++) {
      const block = this.#pickFrom(holders, isWanted);
      if (block !== undefined) return block;
    }
    return undefined;
  }

  /** A random listed block that no known peer has. */
  pickUnheld(): number | undefined {
    return this.#pickFrom(0, () => true);
  }

  #pickFrom(holders: number, isWanted: (block: number) => boolean): number | undefined {
    const list = this.#list(holders);
    if (list.length === 0) return undefined;
    const first = this.#random.below(list.length);
    for (let offset = 0; offset < list.length; offset++) {
      const block = list[(first + offset) % list.length] as number;
      if (isWanted(block)) return block;
    }
    return undefined;
  }

  #changeHolders(block: number, change: number): void {
    const listed = this.#position[block] !== notListed;
    if (listed) this.remove(block);
    this.#holders[block] = this.holders(block) + change;
    if (listed) this.add(block);
  }

  #list(holders: number): number[] {
    while (this.#lists.length <= holders) this.#lists.push([]);
    return this.#lists[holders] as number[];
  }
}
