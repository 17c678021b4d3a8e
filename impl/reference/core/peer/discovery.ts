import type { PeerEntry } from '../../../../schemas/types.ts';
import type { Downloads } from './downloads.ts';
import type { KnownPeer, KnownPeers } from './known-peers.ts';
import type { PeerContext } from './peer-context.ts';
import type { Answer } from './peer-events.ts';
import { seekMs, settleMs, trackerRetryMs } from './peer-options.ts';

/** Who is in the swarm, and who has what: registration, get_peers, have_blocks_info, dead peers (decisions 5.1, 5.5, 5.8). */
export class Discovery {
  readonly #context: PeerContext;
  readonly #peers: KnownPeers;
  readonly #downloads: Downloads;
  /** New peers that have not told their blocks yet. */
  readonly #awaited = new Set<KnownPeer>();
  /** Every id that was ever listed: only the first appearance of a peer is waited for. */
  readonly #everListed = new Set<string>();
  #askedToRegister = false;
  #askedPeersMs = -Infinity;

  constructor(context: PeerContext, peers: KnownPeers, downloads: Downloads) {
    this.#context = context;
    this.#peers = peers;
    this.#downloads = downloads;
  }

  /** Whether the tracker may count this peer in. */
  get announced(): boolean {
    return this.#askedToRegister;
  }

  /** Whether every new peer has told its blocks, or has had its time. */
  get settled(): boolean {
    return this.#awaited.size === 0;
  }

  register(): void {
    this.#askedToRegister = true;
    const { peerId, listenPort } = this.#context.options;
    this.#context.ask(
      'tracker',
      { action: 'register', peer_id: peerId, listen_port: listenPort },
      { kind: 'register' },
    );
  }

  onRegistered({ peers, initialBlocks, ownedBlocks }: Answer & { action: 'register' }): void {
    const { timers, nowMs, options } = this.#context;
    if (this.#context.state === 'shutdown') return;
    if (this.#context.state === 'initialisation') {
      this.#context.step('register');
      timers.set('choke', nowMs + options.unchokeMs);
      timers.set('info', nowMs + options.infoMs);
    }
    for (const block of ownedBlocks) this.#downloads.obtained(block);
    for (const block of initialBlocks) this.#downloads.designate(block);
    this.onListed(peers);
  }

  askPeers(): void {
    const { nowMs, options } = this.#context;
    this.#askedPeersMs = nowMs;
    this.#context.ask('tracker', { action: 'get_peers', peer_id: options.peerId }, { kind: 'get_peers' });
  }

  onListed(entries: readonly PeerEntry[]): void {
    const { timers, nowMs, options } = this.#context;
    this.#context.step('list');
    for (const entry of entries) {
      const peer = entry.peer_id === options.peerId ? undefined : this.#peers.learn(entry);
      if (peer !== undefined && this.#context.downloading) this.#meet(peer);
    }
    if (this.#context.downloading) timers.set('peers', nowMs + Math.min(options.peersMs, options.unchokeMs));
  }

  /** Somebody who is not known has asked something: the tracker may list it by now. */
  seek(): void {
    if (!this.#context.present || this.#context.hasPending('get_peers')) return;
    this.#context.timers.advance('peers', Math.max(this.#context.nowMs, this.#askedPeersMs + seekMs));
  }

  /** The tracker did not answer as it should: it is left alone for a moment. A `refused` get_peers means a new registration. */
  onTrackerFailed(request: 'register' | 'get_peers', refused: boolean): void {
    const { timers, nowMs, options } = this.#context;
    if (request === 'get_peers' && refused && this.#context.present) this.register();
    else if (request === 'register' || this.#context.downloading)
      timers.set(request === 'register' ? 'register' : 'peers', nowMs + trackerRetryMs(options));
  }

  askEverybody(): void {
    const { timers, nowMs, options } = this.#context;
    for (const peer of this.#peers.all()) this.#askBlocks(peer);
    timers.set('info', nowMs + options.infoMs);
  }

  onBlocks(peer: KnownPeer, blocks: readonly boolean[]): void {
    this.#context.step('inform');
    this.notAwaited(peer);
    blocks.forEach((has, block) => this.#setHolder(peer, block, has || peer.announced.has(block)));
    peer.announced.clear();
  }

  onAnnounced(peer: KnownPeer, block: number): void {
    this.#context.step('inform');
    peer.announced.add(block);
    this.#setHolder(peer, block, true);
  }

  notAwaited(peer: KnownPeer): void {
    this.#awaited.delete(peer);
    if (this.settled) this.#context.timers.clear('settle');
  }

  stopWaiting(): void {
    this.#awaited.clear();
  }

  /** Decision 5.5: a peer that cannot be connected to is dropped and reported. */
  drop(peer: KnownPeer): void {
    this.notAwaited(peer);
    if (this.#peers.get(peer.id) !== peer) return;
    this.#peers.forget(peer);
    const { peerId } = this.#context.options;
    const report = { action: 'peer_offline', dead_peer_id: peer.id, sender_id: peerId } as const;
    this.#context.ask('tracker', report, { kind: 'report' });
  }

  #meet(peer: KnownPeer): void {
    const { timers, nowMs, options } = this.#context;
    if (!this.#everListed.has(peer.id)) {
      this.#everListed.add(peer.id);
      this.#awaited.add(peer);
      timers.set('settle', nowMs + settleMs(options));
    }
    this.#askBlocks(peer);
  }

  #askBlocks(peer: KnownPeer): void {
    peer.announced.clear();
    const request = { action: 'have_blocks_info', sender_id: this.#context.options.peerId } as const;
    this.#context.ask(peer.address, request, { kind: 'info', peer });
  }

  #setHolder(peer: KnownPeer, block: number, has: boolean): void {
    if (this.#peers.get(peer.id) !== peer) return;
    if (this.#peers.setHolder(peer, block, has) && has) this.#downloads.reconsider(block);
  }
}
