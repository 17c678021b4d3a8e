import type { PeerEntry } from '../../../../schemas/types.ts';
import type { Downloads } from './downloads.ts';
import type { KnownPeer, KnownPeers } from './known-peers.ts';
import type { PeerContext } from './peer-context.ts';
import type { Answer } from './peer-events.ts';
import { blocksInfoWaitMs, trackerRetryMs, unknownSenderMs } from './timing.ts';

/** Which peers are in the swarm, and which blocks they have (clauses `peer.register.*`, `peer.discovery.*`, `peer.dead.*`). */
export class Discovery {
  readonly #context: PeerContext;
  readonly #peers: KnownPeers;
  readonly #downloads: Downloads;
  /** New peers that have not answered their first have_blocks_info. */
  readonly #awaited = new Set<KnownPeer>();
  /** Every id that was ever listed: a peer is waited for only when it is listed for the first time. */
  readonly #everListed = new Set<string>();
  #askedToRegister = false;
  #requestedPeersMs = -Infinity;

  constructor(context: PeerContext, peers: KnownPeers, downloads: Downloads) {
    this.#context = context;
    this.#peers = peers;
    this.#downloads = downloads;
  }

  /** Whether the tracker may have registered this peer. */
  get askedToRegister(): boolean {
    return this.#askedToRegister;
  }

  /** Whether every new peer has sent its blocks, or its time for that is over. */
  get holdersKnown(): boolean {
    return this.#awaited.size === 0;
  }

  register(): void {
    this.#askedToRegister = true;
    const { peerId, listenPort } = this.#context.options;
    this.#context.send(
      'tracker',
      { action: 'register', peer_id: peerId, listen_port: listenPort },
      { kind: 'register' },
    );
  }

  onRegistered({ peers, initialBlocks, ownedBlocks }: Answer & { action: 'register' }): void {
    const { timers, nowMs, options } = this.#context;
    if (this.#context.state === 'shutdown') return;
    if (this.#context.state === 'initialisation') {
      this.#context.transition('register');
      timers.set('choke', nowMs + options.unchokeMs);
      timers.set('have_blocks_info', nowMs + options.infoMs);
    }
    for (const block of ownedBlocks) this.#downloads.markOwned(block);
    for (const block of initialBlocks) this.#downloads.designate(block);
    this.onListed(peers);
  }

  requestPeers(): void {
    const { nowMs, options } = this.#context;
    this.#requestedPeersMs = nowMs;
    this.#context.send('tracker', { action: 'get_peers', peer_id: options.peerId }, { kind: 'get_peers' });
  }

  onListed(entries: readonly PeerEntry[]): void {
    const { timers, nowMs, options } = this.#context;
    this.#context.transition('list');
    for (const entry of entries) {
      const peer = entry.peer_id === options.peerId ? undefined : this.#peers.add(entry);
      if (peer !== undefined && this.#context.downloading) this.#onNewPeer(peer);
    }
    if (this.#context.downloading) timers.set('get_peers', nowMs + Math.min(options.peersMs, options.unchokeMs));
  }

  /** A peer that is not known has sent a request: the tracker probably lists it by now. */
  onUnknownSender(): void {
    if (!this.#context.registered || this.#context.isPending('get_peers')) return;
    const dueMs = Math.max(this.#context.nowMs, this.#requestedPeersMs + unknownSenderMs);
    this.#context.timers.bringForward('get_peers', dueMs);
  }

  /** Retries after a moment. A refused get_peers means that the peer must register again (peer.register.again). */
  onTrackerFailed(request: 'register' | 'get_peers', refused: boolean): void {
    const { timers, nowMs, options } = this.#context;
    if (request === 'get_peers' && refused && this.#context.registered) this.register();
    else if (request === 'register' || this.#context.downloading) timers.set(request, nowMs + trackerRetryMs(options));
  }

  requestAllBlocksInfo(): void {
    const { timers, nowMs, options } = this.#context;
    for (const peer of this.#peers.all()) this.#requestBlocksInfo(peer);
    timers.set('have_blocks_info', nowMs + options.infoMs);
  }

  onBlocksInfo(peer: KnownPeer, blocks: readonly boolean[]): void {
    this.#context.transition('inform');
    this.stopWaitingFor(peer);
    blocks.forEach((has, block) => this.#setHolder(peer, block, has || peer.announced.has(block)));
    peer.announced.clear();
  }

  onAnnounced(peer: KnownPeer, block: number): void {
    this.#context.transition('inform');
    peer.announced.add(block);
    this.#setHolder(peer, block, true);
  }

  stopWaitingFor(peer: KnownPeer): void {
    this.#awaited.delete(peer);
    if (this.holdersKnown) this.#context.timers.clear('blocks info wait');
  }

  stopWaitingForAll(): void {
    this.#awaited.clear();
  }

  /** Removes a peer that cannot be connected to, and tells the tracker (peer.dead.reported). */
  dropPeer(peer: KnownPeer): void {
    this.stopWaitingFor(peer);
    if (this.#peers.get(peer.id) !== peer) return;
    this.#peers.remove(peer);
    const { peerId } = this.#context.options;
    const request = { action: 'peer_offline', dead_peer_id: peer.id, sender_id: peerId } as const;
    this.#context.send('tracker', request, { kind: 'dead peer' });
  }

  #onNewPeer(peer: KnownPeer): void {
    const { timers, nowMs, options } = this.#context;
    if (!this.#everListed.has(peer.id)) {
      this.#everListed.add(peer.id);
      this.#awaited.add(peer);
      timers.set('blocks info wait', nowMs + blocksInfoWaitMs(options));
    }
    this.#requestBlocksInfo(peer);
  }

  #requestBlocksInfo(peer: KnownPeer): void {
    peer.announced.clear();
    const request = { action: 'have_blocks_info', sender_id: this.#context.options.peerId } as const;
    this.#context.send(peer.endpoint, request, { kind: 'have_blocks_info', peer });
  }

  #setHolder(peer: KnownPeer, block: number, has: boolean): void {
    if (this.#peers.get(peer.id) !== peer) return;
    if (this.#peers.setHolder(peer, block, has) && has) this.#downloads.relist(block);
  }
}
