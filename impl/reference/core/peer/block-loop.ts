import type { Discovery } from './discovery.ts';
import type { Download, Downloads } from './downloads.ts';
import type { KnownPeers } from './known-peers.ts';
import type { PeerContext } from './peer-context.ts';
import type { Failure } from './peer-events.ts';
import { backOffMs, trackerRetryMs } from './timing.ts';

/** Requests and announces blocks at the given pace (clauses `peer.selection.*`, `peer.tracker-last.*`, `peer.announces.*`). */
export class BlockLoop {
  readonly #context: PeerContext;
  readonly #peers: KnownPeers;
  readonly #downloads: Downloads;
  readonly #discovery: Discovery;
  /** How many blocks may still be requested in this loop. */
  #allowance = 0;

  constructor(context: PeerContext, peers: KnownPeers, downloads: Downloads, discovery: Discovery) {
    this.#context = context;
    this.#peers = peers;
    this.#downloads = downloads;
    this.#discovery = discovery;
  }

  /** The sleep is over: as many blocks as the window holds may be requested, also from peers that have refused before. */
  startLoop(): void {
    this.#allowance = this.#context.options.window;
    this.#downloads.forgetRefusals();
  }

  /** Requests the blocks that may be requested now. */
  requestBlocks(): void {
    const { options, timers, nowMs } = this.#context;
    this.#context.transition('select');
    if (options.paceMs === 0) this.#allowance = options.window;
    else if (this.#allowance === 0 && this.#downloads.inFlightCount === 0 && !timers.has('loop')) {
      timers.set('loop', nowMs + options.paceMs);
    }
    while (this.#allowance > 0) {
      const trackerUsable = !timers.has('tracker');
      const { holdersKnown } = this.#discovery;
      const download = this.#downloads.beginNext(nowMs, options.window, trackerUsable, holdersKnown);
      if (download === undefined) break;
      this.#allowance--;
      this.#request(download);
    }
    this.#context.transition(this.#downloads.inFlightCount > 0 ? 'request' : 'wait');
  }

  onStored({ block, from }: Download): void {
    const { timers, nowMs, options } = this.#context;
    if (from !== 'tracker') from.failuresInRow = 0;
    this.#downloads.end(block, true);
    if (!this.#context.downloading) return;
    this.#context.transition('store');
    timers.set('give up', nowMs + options.giveUpMs);
    for (const peer of this.#peers.all()) {
      const request = { action: 'announce_block', sender_id: options.peerId, block_index: block } as const;
      this.#context.send(peer.endpoint, request, { kind: 'announce_block', peer });
    }
  }

  onFailure({ block, from }: Download, failure: Failure): void {
    const { timers, nowMs, options } = this.#context;
    // The loop lasts until it has its block: another holder, or the tracker, is asked at once.
    this.#allowance++;
    this.#downloads.end(block, false);
    if (from === 'tracker') {
      if (failure === 'refused' || failure === 'wrong') this.#downloads.postpone(block);
      else timers.set('tracker', nowMs + trackerRetryMs(options));
    } else if (failure === 'refused') {
      from.refused.add(block);
    } else if (failure === 'unreachable') {
      this.#discovery.dropPeer(from);
    } else {
      from.failuresInRow++;
      from.backOffUntilMs = nowMs + backOffMs(options, from.failuresInRow);
    }
  }

  #request(download: Download): void {
    const { block, from } = download;
    const fields = { sender_id: this.#context.options.peerId, block_index: block, encoding: 'base64' } as const;
    const purpose = { kind: 'block', download } as const;
    if (from === 'tracker') this.#context.send('tracker', { action: 'request_block_tracker', ...fields }, purpose);
    else this.#context.send(from.endpoint, { action: 'request_block', ...fields }, purpose);
  }
}
