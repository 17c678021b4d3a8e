import { shuffle, type Random } from '../random.ts';

const notListed = -1;

/**
 * The blocks that may be requested, sorted by how many known peers have them: a list per holder count, so that a change of
 * one block takes the same time for any number of blocks, and so does picking where the first one tried will do.
 *
 * At first every block is listed and has no holder.
 */
export class RarestFirst {
  readonly #random: Random;
  readonly #holders: Int32Array;
  /** Where the block is in the list for its holder count. */
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

  /** One more peer has the block. */
  gained(block: number): void {
    this.#changeHolders(block, 1);
  }

  /** One peer less has the block. */
  lost(block: number): void {
    this.#changeHolders(block, -1);
  }

  /** The block may be requested. */
  add(block: number): void {
    if (this.#position[block] !== notListed) return;
    const list = this.#list(this.holders(block));
    this.#position[block] = list.push(block) - 1;
  }

  /** The block is not to be requested: it is there already, or on its way. */
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

  /** A listed block with the fewest holders, but at least one, that `isWanted` agrees to. Ties are broken by chance. */
  pickRarest(isWanted: (block: number) => boolean): number | undefined {
    for (let holders = 1; holders < this.#lists.length; holders++) {
      const block = this.#pickFrom(holders, isWanted);
      if (block !== undefined) return block;
    }
    return undefined;
  }

  /** A listed block that no known peer has, drawn by chance. */
  pickUnheld(): number | undefined {
    return this.#pickFrom(0, () => true);
  }

  #pickFrom(holders: number, isWanted: (block: number) => boolean): number | undefined {
    const list = this.#list(holders);
    if (list.length === 0) return undefined;
    const first = this.#random.below(list.length);
    for (let step = 0; step < list.length; step++) {
      const block = list[(first + step) % list.length] as number;
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
