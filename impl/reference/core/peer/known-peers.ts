import type { PeerEntry } from '../../../../schemas/types.ts';
import type { Address } from './peer-events.ts';
import { RarestFirst } from '../strategy/rarest-first.ts';
import { TitForTat } from '../strategy/choking.ts';
import type { Random } from '../random.ts';

/** A peer that the tracker has listed. */
export interface KnownPeer {
  readonly id: string;
  readonly address: Address;
  /** 1 for each block that it has. */
  readonly blocks: Uint8Array;
  /** Blocks that it has refused, until that is forgotten. */
  readonly refused: Set<number>;
  /** Blocks that it has announced since it was last asked for its blocks: the answer may be older. */
  readonly announced: Set<number>;
  /** Requests of this peer that it has not answered yet. */
  inFlight: number;
  /** Failures in a row. */
  strikes: number;
  /** No block is asked of it before. */
  leftAloneUntilMs: number;
}

/** The peers that the tracker has listed, what they have, and what follows from that for picking and choking. */
export class KnownPeers {
  readonly rarest: RarestFirst;
  readonly titForTat: TitForTat;
  /** 1 for each block that this peer has. */
  readonly owned: Uint8Array;
  ownedCount = 0;
  readonly #peers = new Map<string, KnownPeer>();

  constructor(totalBlocks: number, random: Random) {
    this.rarest = new RarestFirst(totalBlocks, random);
    this.titForTat = new TitForTat(random);
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

  /** The peer, if it is new or has moved to another address; then nothing is known of its blocks. */
  learn({ peer_id: id, ip: host, port }: PeerEntry): KnownPeer | undefined {
    const known = this.#peers.get(id);
    if (known?.address.host === host && known.address.port === port) return undefined;
    if (known !== undefined) this.forget(known);
    const peer: KnownPeer = {
      id,
      address: { host, port },
      blocks: new Uint8Array(this.owned.length),
      refused: new Set(),
      announced: new Set(),
      inFlight: 0,
      strikes: 0,
      leftAloneUntilMs: 0,
    };
    this.#peers.set(id, peer);
    this.titForTat.learn(id);
    return peer;
  }

  forget(peer: KnownPeer): void {
    peer.blocks.forEach((has, block) => has === 1 && this.rarest.lost(block));
    this.titForTat.forget(peer.id);
    this.#peers.delete(peer.id);
  }

  /** True when it is news that the peer has (or has not) the block. */
  setHolder(peer: KnownPeer, block: number, has: boolean): boolean {
    const value = has ? 1 : 0;
    if (peer.blocks[block] === value) return false;
    peer.blocks[block] = value;
    if (has) this.rarest.gained(block);
    else this.rarest.lost(block);
    if (this.owned[block] === 0) this.titForTat.contributes(peer.id, has ? 1 : -1);
    return true;
  }

  /** This peer has got the block. */
  own(block: number): void {
    if (this.owned[block] === 1) return;
    this.owned[block] = 1;
    this.ownedCount++;
    this.rarest.remove(block);
    for (const peer of this.#peers.values()) {
      if (peer.blocks[block] === 1) this.titForTat.contributes(peer.id, -1);
    }
  }

  /**
   * Decision 5.3: the holder of the block to ask now, if any has not refused it and none is left alone. One that has refused
   * other blocks lately comes last, as it most likely chokes; else the least busy one is asked.
   */
  willingHolder(block: number, nowMs: number): KnownPeer | undefined {
    let best: KnownPeer | undefined;
    for (const peer of this.#peers.values()) {
      if (peer.blocks[block] === 0 || peer.refused.has(block) || peer.leftAloneUntilMs > nowMs) continue;
      if (best === undefined || isBetter(peer, best)) best = peer;
    }
    return best;
  }
}

function isBetter(peer: KnownPeer, other: KnownPeer): boolean {
  const [refuses, otherRefuses] = [peer.refused.size > 0, other.refused.size > 0];
  return refuses === otherRefuses ? peer.inFlight < other.inFlight : otherRefuses;
}
