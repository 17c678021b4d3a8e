import type { Random } from '../random.ts';

/** Decision 4.5: peers that are unchoked for what they have. */
const fixedSlots = 4;

/**
 * Who may request blocks of this peer (decision 4.5): four fixed peers with the highest contribution, and an optimistic one
 * drawn from the others. A contribution is how many of the blocks wanted here that peer has; it is kept up to date step by
 * step, so that a recomputation is one pass over the peers. Between recomputations nobody is added.
 */
export class TitForTat {
  readonly #random: Random;
  readonly #contributions = new Map<string, number>();
  readonly #unchoked = new Set<string>();

  constructor(random: Random) {
    this.#random = random;
  }

  get unchoked(): string[] {
    return [...this.#unchoked];
  }

  isUnchoked(peerId: string): boolean {
    return this.#unchoked.has(peerId);
  }

  learn(peerId: string): void {
    if (!this.#contributions.has(peerId)) this.#contributions.set(peerId, 0);
  }

  forget(peerId: string): void {
    this.#contributions.delete(peerId);
    this.#unchoked.delete(peerId);
  }

  /** The peer has so many wanted blocks more (or less) than before. */
  contributes(peerId: string, change: number): void {
    this.#contributions.set(peerId, (this.#contributions.get(peerId) ?? 0) + change);
  }

  /** A new interval: all slots are given anew. `wantsBlocks` is false for a complete peer, which serves anybody. */
  recompute(wantsBlocks: boolean): void {
    this.#unchoked.clear();
    for (const peerId of this.#best(fixedSlots, wantsBlocks ? 1 : 0)) this.#unchoked.add(peerId);
    const others = [...this.#contributions.keys()].filter((peerId) => !this.#unchoked.has(peerId));
    if (others.length > 0) this.#unchoked.add(others[this.#random.below(others.length)] as string);
  }

  /** The `count` peers with the highest contribution, which is at least `least`. */
  #best(count: number, least: number): string[] {
    const best: [peerId: string, contribution: number][] = [];
    for (const [peerId, contribution] of this.#fromAnywhere()) {
      if (contribution < least) continue;
      if (best.length === count && contribution <= (best.at(-1)?.[1] ?? 0)) continue;
      const place = best.findIndex(([, other]) => other < contribution);
      best.splice(place === -1 ? best.length : place, 0, [peerId, contribution]);
      if (best.length > count) best.pop();
    }
    return best.map(([peerId]) => peerId);
  }

  /** All peers, from a random one on: ties are broken by chance. */
  *#fromAnywhere(): Generator<[string, number]> {
    const peers = [...this.#contributions];
    const first = peers.length === 0 ? 0 : this.#random.below(peers.length);
    yield* peers.slice(first);
    yield* peers.slice(0, first);
  }
}
