import type { PeerEntry } from '../../../../schemas/types.ts';
import type { Random } from '../random.ts';
import { Choking } from '../strategy/choking.ts';
import { RarestFirst } from '../strategy/rarest-first.ts';
import type { Endpoint } from './peer-events.ts';

/** A peer that the tracker has listed. */
export interface KnownPeer {
  readonly id: string;
  readonly endpoint: Endpoint;
  /** 1 for each block that it has. */
  readonly blocks: Uint8Array;
  /** Blocks that it has refused since refusals were last forgotten. */
  readonly refused: Set<number>;
  /** Blocks that it has announced since the last have_blocks_info to it: the answer may be older. */
  readonly announced: Set<number>;
  /** Block requests to it that are not answered yet. */
  inFlight: number;
  failuresInRow: number;
  /** Until then no block is requested from it. */
  backOffUntilMs: number;
}

/** The peers that the tracker has listed, their blocks, and the state of block selection and choking that follows from both. */
export class KnownPeers {
  readonly rarest: RarestFirst;
  readonly choking: Choking;
  /** 1 for each block that this peer has. */
  readonly owned: Uint8Array;
  ownedCount = 0;
  readonly #peers = new Map<string, KnownPeer>();

  constructor(totalBlocks: number, random: Random) {
    this.rarest = new RarestFirst(totalBlocks, random);
    this.choking = new Choking(random);
    this.owned = new Uint8Array(totalBlocks);
  }

  get complete(): boolean {
    return this.ownedCount === this.owned.length;
  }

  get(peerId: string): KnownPeer | undefined {
    return this.#peers.get(peerId);
  }

  all(): IterableIterator<KnownPeer> {
    return this.#peers.values();
  }

  /** Adds a peer that is new, or has moved to another endpoint, without any blocks; otherwise returns nothing. */
  add({ peer_id: id, ip: host, port }: PeerEntry): KnownPeer | undefined {
    const known = this.#peers.get(id);
    if (known?.endpoint.host === host && known.endpoint.port === port) return undefined;
    if (known !== undefined) this.remove(known);
    const peer: KnownPeer = {
      id,
      endpoint: { host, port },
      blocks: new Uint8Array(this.owned.length),
      refused: new Set(),
      announced: new Set(),
      inFlight: 0,
      failuresInRow: 0,
      backOffUntilMs: 0,
    };
    this.#peers.set(id, peer);
    this.choking.addPeer(id);
    return peer;
  }

  remove(peer: KnownPeer): void {
    peer.blocks.forEach((has, block) => has === 1 && this.rarest.removeHolder(block));
    this.choking.removePeer(peer.id);
    this.#peers.delete(peer.id);
  }

  /** Records whether the peer has the block. Returns whether that changed. */
  setHolder(peer: KnownPeer, block: number, has: boolean): boolean {
    const value = has ? 1 : 0;
    if (peer.blocks[block] === value) return false;
    peer.blocks[block] = value;
    if (has) this.rarest.addHolder(block);
    else this.rarest.removeHolder(block);
    if (this.owned[block] === 0) this.choking.changeContribution(peer.id, has ? 1 : -1);
    return true;
  }

  /** This peer has got the block. */
  own(block: number): void {
    if (this.owned[block] === 1) return;
    this.owned[block] = 1;
    this.ownedCount++;
    this.rarest.remove(block);
    for (const peer of this.#peers.values()) {
      if (peer.blocks[block] === 1) this.choking.changeContribution(peer.id, -1);
    }
  }

  /**
   * The holder to request the block from: one that has not refused it, and from which the peer does not back off
   * (peer.selection.asks-holders). A holder that has refused other blocks lately comes last, since it probably chokes this
   * peer; otherwise the least busy one comes first.
   */
  holderToAsk(block: number, nowMs: number): KnownPeer | undefined {
    let best: KnownPeer | undefined;
    for (const peer of this.#peers.values()) {
      if (peer.blocks[block] === 0 || peer.refused.has(block) || peer.backOffUntilMs > nowMs) continue;
      if (best === undefined || isBetter(peer, best)) best = peer;
    }
    return best;
  }
}

function isBetter(peer: KnownPeer, other: KnownPeer): boolean {
  const [refuses, otherRefuses] = [peer.refused.size > 0, other.refused.size > 0];
  return refuses === otherRefuses ? peer.inFlight < other.inFlight : otherRefuses;
}
