import type { Choice, Downloads } from './downloads.ts';
import type { Discovery } from './discovery.ts';
import type { KnownPeers } from './known-peers.ts';
import type { PeerContext } from './peer-context.ts';
import type { Failure } from './peer-events.ts';
import { leftAloneMs, trackerRetryMs } from './peer-options.ts';

/** Selection, download and announcement of blocks, at the given pace (decisions 5.2 to 5.6, 6). */
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

  /** The sleep is over: a loop of as many blocks as the window holds. Who refused one before it may give it now. */
  wake(): void {
    this.#allowance = this.#context.options.window;
    this.#downloads.forgetRefusals();
  }

  /** Requests what may be requested now. */
  goOn(): void {
    const { options, timers, nowMs } = this.#context;
    this.#context.step('select');
    if (options.paceMs === 0) this.#allowance = options.window;
    else if (this.#allowance === 0 && this.#downloads.inFlightCount === 0 && !timers.has('loop')) {
      timers.set('loop', nowMs + options.paceMs);
    }
    while (this.#allowance > 0) {
      const trackerUsable = !timers.has('tracker');
      const choice = this.#downloads.choose(nowMs, options.window, trackerUsable, this.#discovery.settled);
      if (choice === undefined) break;
      this.#allowance--;
      this.#request(choice);
    }
    this.#context.step(this.#downloads.inFlightCount > 0 ? 'request' : 'wait');
  }

  /** A new interval: who is unchoked here is decided anew, and what others refused is forgotten. */
  recompute(): void {
    const { timers, nowMs, options } = this.#context;
    this.#peers.titForTat.recompute(!this.#peers.complete);
    this.#downloads.forgetRefusals();
    timers.set('choke', nowMs + options.unchokeMs);
  }

  onBlock({ block, from }: Choice): void {
    const { timers, nowMs, options } = this.#context;
    if (from !== 'tracker') from.strikes = 0;
    this.#downloads.end(block, true);
    if (!this.#context.downloading) return;
    this.#context.step('store');
    timers.set('give up', nowMs + options.giveUpMs);
    for (const peer of this.#peers.all()) {
      const request = { action: 'announce_block', sender_id: options.peerId, block_index: block } as const;
      this.#context.ask(peer.address, request, { kind: 'announcement', peer });
    }
  }

  onFailure({ block, from }: Choice, failure: Failure): void {
    const { timers, nowMs, options } = this.#context;
    // The loop goes on until it has its block: another holder is asked at once, or the tracker.
    this.#allowance++;
    this.#downloads.end(block, false);
    if (from === 'tracker') {
      if (failure === 'refused' || failure === 'wrong') this.#downloads.park(block);
      else timers.set('tracker', nowMs + trackerRetryMs(options));
    } else if (failure === 'refused') {
      from.refused.add(block);
    } else if (failure === 'unreachable') {
      this.#discovery.drop(from);
    } else {
      from.strikes++;
      from.leftAloneUntilMs = nowMs + leftAloneMs(options, from.strikes);
    }
  }

  #request({ block, from }: Choice): void {
    const fields = { sender_id: this.#context.options.peerId, block_index: block, encoding: 'base64' } as const;
    const pending = { kind: 'block', choice: { block, from } } as const;
    if (from === 'tracker') this.#context.ask('tracker', { action: 'request_block_tracker', ...fields }, pending);
    else this.#context.ask(from.address, { action: 'request_block', ...fields }, pending);
  }
}
