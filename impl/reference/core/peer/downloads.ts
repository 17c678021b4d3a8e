import type { KnownPeer, KnownPeers } from './known-peers.ts';

/** A block and where it is requested from. */
export interface Download {
  readonly block: number;
  readonly from: KnownPeer | 'tracker';
}

/**
 * Which block to request next, and from whom: rarest first (peer.selection.rarest-first), the tracker last
 * (peer.tracker-last.only-then).
 *
 * A wanted block is in exactly one place: listed in `rarest` (it may be picked there), designated, left to the tracker,
 * postponed, or in flight.
 */
export class Downloads {
  readonly #peers: KnownPeers;
  /** initial_blocks that are still to be fetched (file.initial-blocks.fetched). */
  readonly #designated = new Set<number>();
  /** Every holder has refused, or is backed off from (peer.tracker-last.all-refuse). */
  readonly #leftToTracker = new Set<number>();
  /** The tracker has refused as well: not requested again before refusals are forgotten. */
  readonly #postponed = new Set<number>();
  readonly #inFlight = new Map<number, Download>();

  constructor(peers: KnownPeers) {
    this.#peers = peers;
  }

  get inFlightCount(): number {
    return this.#inFlight.size;
  }

  /** The tracker has designated the block to this peer. */
  designate(block: number): void {
    if (this.#peers.owned[block] === 1 || this.#inFlight.has(block)) return;
    this.#unlist(block);
    this.#designated.add(block);
  }

  /**
   * Begins the next download, with at most `window` in flight. The order: designated blocks, blocks that every holder has
   * refused, blocks from peers, blocks that no known peer has. Nothing is requested from the tracker unless `trackerUsable`,
   * and only designated blocks unless `holdersKnown`.
   */
  beginNext(nowMs: number, window: number, trackerUsable: boolean, holdersKnown: boolean): Download | undefined {
    if (this.#inFlight.size >= window) return undefined;
    // The tracker is considered twice, since #fromPeers may find that every holder of a block has refused it.
    const download =
      (trackerUsable ? this.#dueFromTracker(holdersKnown) : undefined) ??
      this.#fromPeers(nowMs) ??
      (trackerUsable ? (this.#dueFromTracker(holdersKnown) ?? this.#unheld(holdersKnown)) : undefined);
    if (download !== undefined) this.#begin(download);
    return download;
  }

  /** The request for the block has ended. If the block is not `stored`, it may be requested again. */
  end(block: number, stored: boolean): void {
    const download = this.#inFlight.get(block);
    if (download === undefined) return;
    this.#inFlight.delete(block);
    if (download.from !== 'tracker') download.from.inFlight--;
    if (stored) this.markOwned(block);
    else if (this.#peers.owned[block] === 0) this.#peers.rarest.add(block);
  }

  /** The block is stored. */
  markOwned(block: number): void {
    this.#unlist(block);
    this.#peers.own(block);
  }

  /** The tracker has refused the block. */
  postpone(block: number): void {
    this.#unlist(block);
    this.#postponed.add(block);
  }

  /** The block may be requested from peers again: one more has it, or refusals are forgotten. */
  relist(block: number): void {
    if (this.#leftToTracker.delete(block) || this.#postponed.delete(block)) this.#peers.rarest.add(block);
  }

  /** Peers that have refused may be asked again: a new interval or a new loop begins. */
  forgetRefusals(): void {
    for (const peer of this.#peers.all()) peer.refused.clear();
    for (const block of [...this.#leftToTracker, ...this.#postponed]) this.relist(block);
  }

  #begin(download: Download): void {
    this.#unlist(download.block);
    this.#inFlight.set(download.block, download);
    if (download.from !== 'tracker') download.from.inFlight++;
  }

  #unlist(block: number): void {
    this.#designated.delete(block);
    this.#leftToTracker.delete(block);
    this.#postponed.delete(block);
    this.#peers.rarest.remove(block);
  }

  #dueFromTracker(holdersKnown: boolean): Download | undefined {
    for (const block of this.#designated) return { block, from: 'tracker' };
    if (!holdersKnown) return undefined;
    for (const block of this.#leftToTracker) return { block, from: 'tracker' };
    return undefined;
  }

  #unheld(holdersKnown: boolean): Download | undefined {
    const block = holdersKnown ? this.#peers.rarest.pickUnheld() : undefined;
    return block === undefined ? undefined : { block, from: 'tracker' };
  }

  #fromPeers(nowMs: number): Download | undefined {
    let from: KnownPeer | undefined;
    const withoutHolder: number[] = [];
    const block = this.#peers.rarest.pickRarest((candidate) => {
      from = this.#peers.holderToAsk(candidate, nowMs);
      if (from === undefined) withoutHolder.push(candidate);
      return from !== undefined;
    });
    // No holder can be asked for these, so they are not considered again before something changes.
    for (const candidate of withoutHolder) {
      this.#peers.rarest.remove(candidate);
      this.#leftToTracker.add(candidate);
    }
    return block === undefined || from === undefined ? undefined : { block, from };
  }
}
