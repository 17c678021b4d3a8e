import { shuffle, type Random } from '../random.ts';

/** Deals blocks to peers like cards: in random order, each once before any comes again, so that the first peers get different ones. */
export class InitialBlocks {
  readonly #totalBlocks: number;
  readonly #perPeer: number;
  readonly #random: Random;
  #deck: number[] = [];

  constructor(totalBlocks: number, perPeer: number, random: Random) {
    this.#totalBlocks = totalBlocks;
    this.#perPeer = Math.min(perPeer, totalBlocks);
    this.#random = random;
  }

  /** The distinct indices for one peer. */
  deal(): number[] {
    const hand = this.#deck.splice(0, this.#perPeer);
    if (hand.length < this.#perPeer) {
      const all = Array.from({ length: this.#totalBlocks }, (_, index) => index);
      const held = new Set(hand);
      this.#deck = shuffle(all, this.#random).filter((index) => !held.has(index));
      hand.push(...this.#deck.splice(0, this.#perPeer - hand.length));
    }
    return hand;
  }
}
