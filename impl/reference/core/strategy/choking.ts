import type { Random } from '../random.ts';

/** Peers that are unchoked for their contribution (peer.choking.best-four). */
const fixedSlots = 4;

/**
 * Decides which peers are choked, by tit for tat (peer.choking.at-most-five): unchoked are the four with the highest
 * contribution and an optimistic one drawn from the others. A contribution is how many of the blocks wanted here that peer
 * has; it is kept up to date with each change, so a recomputation is one pass over the peers. Between recomputations no peer
 * is unchoked.
 */
export class Choking {
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

  addPeer(peerId: string): void {
    if (!this.#contributions.has(peerId)) this.#contributions.set(peerId, 0);
  }

  removePeer(peerId: string): void {
    this.#contributions.delete(peerId);
    this.#unchoked.delete(peerId);
  }

  /** The number of wanted blocks that the peer has went up (or down) by `change`. */
  changeContribution(peerId: string, change: number): void {
    this.#contributions.set(peerId, (this.#contributions.get(peerId) ?? 0) + change);
  }

  /**
   * Fills all slots anew, once per interval (peer.choking.recomputed). `wantsBlocks` is false for a complete peer, which may
   * unchoke any four (peer.choking.complete-free).
   */
  recompute(wantsBlocks: boolean): void {
    this.#unchoked.clear();
    for (const peerId of this.#best(fixedSlots, wantsBlocks ? 1 : 0)) this.#unchoked.add(peerId);
    const others = [...this.#contributions.keys()].filter((peerId) => !this.#unchoked.has(peerId));
    if (others.length > 0) this.#unchoked.add(others[this.#random.below(others.length)] as string);
  }

  /** The `count` peers with the highest contribution, which is at least `minimum`. */
  #best(count: number, minimum: number): string[] {
    const best: [peerId: string, contribution: number][] = [];
    for (const [peerId, contribution] of this.#rotated()) {
      if (contribution < minimum) continue;
      if (best.length === count && contribution <= (best.at(-1)?.[1] ?? 0)) continue;
      const rank = best.findIndex(([, other]) => other < contribution);
      best.splice(rank === -1 ? best.length : rank, 0, [peerId, contribution]);
      if (best.length > count) best.pop();
    }
    return best.map(([peerId]) => peerId);
  }

  /** All peers, starting at a random one, so that ties are broken at random. */
  *#rotated(): Generator<[string, number]> {
    const peers = [...this.#contributions];
    const first = peers.length === 0 ? 0 : this.#random.below(peers.length);
    yield* peers.slice(first);
    yield* peers.slice(0, first);
  }
}
