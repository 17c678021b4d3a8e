import { shuffle, type Random } from '../random.ts';

/** Designates blocks in random order, each once before any is repeated, so that the first peers get different ones. */
export class InitialBlocks {
  readonly #totalBlocks: number;
  readonly #perPeer: number;
  readonly #random: Random;
  #remaining: number[] = [];

  constructor(totalBlocks: number, perPeer: number, random: Random) {
    this.#totalBlocks = totalBlocks;
    this.#perPeer = Math.min(perPeer, totalBlocks);
    this.#random = random;
  }

  /** Distinct indices for one more peer (file.initial-blocks.distinct). */
  designate(): number[] {
    const blocks = this.#remaining.splice(0, this.#perPeer);
    if (blocks.length < this.#perPeer) {
      const all = Array.from({ length: this.#totalBlocks }, (_, index) => index);
      const taken = new Set(blocks);
      this.#remaining = shuffle(all, this.#random).filter((index) => !taken.has(index));
      blocks.push(...this.#remaining.splice(0, this.#perPeer - blocks.length));
    }
    return blocks;
  }
}
