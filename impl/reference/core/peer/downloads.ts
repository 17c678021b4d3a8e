import type { KnownPeer, KnownPeers } from './known-peers.ts';

/** Where a block is to be requested: of a peer, or of the tracker. */
export interface Choice {
  readonly block: number;
  readonly from: KnownPeer | 'tracker';
}

/**
 * Which block to request next, and of whom: rarest first (decision 5.2), the tracker last (5.3).
 *
 * A wanted block is in exactly one place: listed in `rarest` (it may be picked there), designated, left to the tracker,
 * parked, or in flight.
 */
export class Downloads {
  readonly #peers: KnownPeers;
  /** 5.3 (a): initial_blocks that are still to be fetched. */
  readonly #designated = new Set<number>();
  /** 5.3 (c): every holder has refused, or is left alone. */
  readonly #leftToTracker = new Set<number>();
  /** The tracker has refused as well: nobody is asked before refusals are forgotten. */
  readonly #parked = new Set<number>();
  readonly #inFlight = new Map<number, Choice>();

  constructor(peers: KnownPeers) {
    this.#peers = peers;
  }

  get inFlightCount(): number {
    return this.#inFlight.size;
  }

  /** The tracker has designated the block to this peer. */
  designate(block: number): void {
    if (this.#peers.owned[block] === 1 || this.#inFlight.has(block)) return;
    this.#withdraw(block);
    this.#designated.add(block);
  }

  /**
   * The next request with at most `window` in flight: designated blocks, those that every holder has refused, those that peers
   * give, those that nobody has. None of the tracker while `trackerUsable` is false, and none but designated ones while
   * `holdersKnown` is false.
   */
  choose(nowMs: number, window: number, trackerUsable: boolean, holdersKnown: boolean): Choice | undefined {
    if (this.#inFlight.size >= window) return undefined;
    // The tracker's turn comes twice, as asking peers may show that every holder of a block has refused it.
    const choice =
      (trackerUsable ? this.#dueFromTracker(holdersKnown) : undefined) ??
      this.#fromPeers(nowMs) ??
      (trackerUsable ? (this.#dueFromTracker(holdersKnown) ?? this.#unheld(holdersKnown)) : undefined);
    if (choice !== undefined) this.#begin(choice);
    return choice;
  }

  /** The request for the block has ended; with `stored`, it is there. Otherwise it may be chosen again. */
  end(block: number, stored: boolean): void {
    const choice = this.#inFlight.get(block);
    if (choice === undefined) return;
    this.#inFlight.delete(block);
    if (choice.from !== 'tracker') choice.from.inFlight--;
    if (stored) this.obtained(block);
    else if (this.#peers.owned[block] === 0) this.#peers.rarest.add(block);
  }

  /** The block is there. */
  obtained(block: number): void {
    this.#withdraw(block);
    this.#peers.own(block);
  }

  /** The tracker does not give the block. */
  park(block: number): void {
    this.#withdraw(block);
    this.#parked.add(block);
  }

  /** A peer has got the block: it need not be left to the tracker. */
  reconsider(block: number): void {
    if (this.#leftToTracker.delete(block) || this.#parked.delete(block)) this.#peers.rarest.add(block);
  }

  /** A new interval, or the end of a pause: who has refused may be asked again. */
  forgetRefusals(): void {
    for (const peer of this.#peers.all()) peer.refused.clear();
    for (const block of [...this.#leftToTracker, ...this.#parked]) this.reconsider(block);
  }

  #begin(choice: Choice): void {
    this.#withdraw(choice.block);
    this.#inFlight.set(choice.block, choice);
    if (choice.from !== 'tracker') choice.from.inFlight++;
  }

  #withdraw(block: number): void {
    this.#designated.delete(block);
    this.#leftToTracker.delete(block);
    this.#parked.delete(block);
    this.#peers.rarest.remove(block);
  }

  #dueFromTracker(holdersKnown: boolean): Choice | undefined {
    for (const block of this.#designated) return { block, from: 'tracker' };
    if (!holdersKnown) return undefined;
    for (const block of this.#leftToTracker) return { block, from: 'tracker' };
    return undefined;
  }

  #unheld(holdersKnown: boolean): Choice | undefined {
    const block = holdersKnown ? this.#peers.rarest.pickUnheld() : undefined;
    return block === undefined ? undefined : { block, from: 'tracker' };
  }

  #fromPeers(nowMs: number): Choice | undefined {
    let from: KnownPeer | undefined;
    const given: number[] = [];
    const block = this.#peers.rarest.pickRarest((candidate) => {
      from = this.#peers.willingHolder(candidate, nowMs);
      if (from === undefined) given.push(candidate);
      return from !== undefined;
    });
    // No holder gives these, so they are not looked at again before something changes.
    for (const candidate of given) {
      this.#peers.rarest.remove(candidate);
      this.#leftToTracker.add(candidate);
    }
    return block === undefined || from === undefined ? undefined : { block, from };
  }
}
