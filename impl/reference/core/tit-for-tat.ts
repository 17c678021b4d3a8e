import type { Random } from './random.ts';

/** Decision 4.5: peers that are unchoked for what they have. */
const FIXED_SLOTS = 4;

/**
 * Who may request blocks of this peer (decision 4.5): four fixed peers with the highest contribution, and an optimistic one
 * drawn from the others. A contribution is how many of the blocks wanted here that peer has; it is kept up to date step by
 * step, so that a recomputation is one pass over the peers.
 */
export class TitForTat {
  readonly #random: Random;
  readonly #contributions = new Map<string, number>();
  readonly #fixed = new Set<string>();
  #optimistic: string | undefined;
  /** Slots given away in this interval. One that a peer leaves is not given to another before the next. */
  #fixedGiven = 0;
  #optimisticGiven = false;
  /** Whether a free slot could be given to somebody since it was last tried. */
  #news = false;

  constructor(random: Random) {
    this.#random = random;
  }

  get unchoked(): string[] {
    return this.#optimistic === undefined ? [...this.#fixed] : [...this.#fixed, this.#optimistic];
  }

  isUnchoked(peerId: string): boolean {
    return this.#fixed.has(peerId) || this.#optimistic === peerId;
  }

  contribution(peerId: string): number {
    return this.#contributions.get(peerId) ?? 0;
  }

  learn(peerId: string): void {
    if (!this.#contributions.has(peerId)) this.#contributions.set(peerId, 0);
    this.#news = true;
  }

  forget(peerId: string): void {
    this.#contributions.delete(peerId);
    this.#fixed.delete(peerId);
    if (this.#optimistic === peerId) this.#optimistic = undefined;
  }

  /** The peer has so many wanted blocks more (or less) than before. */
  contributes(peerId: string, change: number): void {
    this.#contributions.set(peerId, this.contribution(peerId) + change);
    this.#news ||= change > 0;
  }

  /** A new interval: all slots are given anew. `wantsBlocks` is false for a complete peer, which serves anybody. */
  recompute(wantsBlocks: boolean): void {
    this.#fixed.clear();
    this.#optimistic = undefined;
    this.#fixedGiven = 0;
    this.#optimisticGiven = false;
    this.#news = true;
    this.fillFreeSlots(wantsBlocks);
  }

  /** Gives away the slots that nobody has had in this interval, so that newcomers need not wait for the next one. */
  fillFreeSlots(wantsBlocks: boolean): void {
    if (!this.#news) return;
    this.#news = false;
    if (this.#fixedGiven < FIXED_SLOTS) {
      for (const peerId of this.#best(FIXED_SLOTS - this.#fixedGiven, wantsBlocks ? 1 : 0)) {
        if (this.#optimistic === peerId) {
          this.#optimistic = undefined;
          this.#optimisticGiven = false;
        }
        this.#fixed.add(peerId);
        this.#fixedGiven++;
      }
    }
    if (!this.#optimisticGiven) this.#drawOptimistic();
  }

  /** The `count` peers outside the fixed ones with the highest contribution, which is at least `least`. */
  #best(count: number, least: number): string[] {
    const best: [peerId: string, contribution: number][] = [];
    for (const [peerId, contribution] of this.#fromAnywhere()) {
      if (contribution < least || this.#fixed.has(peerId)) continue;
      if (best.length === count && contribution <= (best.at(-1)?.[1] ?? 0)) continue;
      const place = best.findIndex(([, other]) => other < contribution);
      best.splice(place === -1 ? best.length : place, 0, [peerId, contribution]);
      if (best.length > count) best.pop();
    }
    return best.map(([peerId]) => peerId);
  }

  #drawOptimistic(): void {
    const candidates = [...this.#contributions.keys()].filter((peerId) => !this.#fixed.has(peerId));
    this.#optimistic = candidates.length === 0 ? undefined : candidates[this.#random.below(candidates.length)];
    this.#optimisticGiven = this.#optimistic !== undefined;
  }

  /** All peers, from a random one on: ties are broken by chance. */
  *#fromAnywhere(): Generator<[string, number]> {
    const peers = [...this.#contributions];
    const first = peers.length === 0 ? 0 : this.#random.below(peers.length);
    yield* peers.slice(first);
    yield* peers.slice(0, first);
  }
}
