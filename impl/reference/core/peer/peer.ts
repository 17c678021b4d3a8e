import { BlockLoop } from './block-loop.ts';
import { Departure } from './departure.ts';
import { Discovery } from './discovery.ts';
import { Downloads } from './downloads.ts';
import { KnownPeers } from './known-peers.ts';
import { PeerContext, type Pending, type Timer } from './peer-context.ts';
import type { Answer, Failure, PeerEffect, PeerEvent } from './peer-events.ts';
import type { PeerOptions } from './peer-options.ts';
import { replyTo } from './peer-server.ts';
import { MisuseError, type PeerState } from './peer-states.ts';
import type { PeerRequest } from '../wire/requests.ts';

/**
 * One peer: events in, effects out (decisions 4 and 5). It does nothing by itself: the caller performs the effects, tells
 * how they ended, and sends a `timeout` event when the time of {@link pollTimeout} has come.
 */
export class PeerCore {
  /** For reading: what is known of the swarm, and which blocks are there. */
  readonly peers: KnownPeers;
  readonly #context: PeerContext;
  readonly #discovery: Discovery;
  readonly #blockLoop: BlockLoop;
  readonly #departure: Departure;
  #started = false;
  #lastTrouble = 'nobody gave one';

  constructor(options: PeerOptions) {
    this.#context = new PeerContext(options);
    this.peers = new KnownPeers(options.totalBlocks, options.random);
    const downloads = new Downloads(this.peers);
    this.#discovery = new Discovery(this.#context, this.peers, downloads);
    this.#blockLoop = new BlockLoop(this.#context, this.peers, downloads, this.#discovery);
    this.#departure = new Departure(this.#context);
  }

  get state(): PeerState {
    return this.#context.state;
  }

  /** When the next `timeout` event is due, on the clock of `nowMs`. */
  pollTimeout(): number | undefined {
    return this.#context.timers.earliest();
  }

  /** Takes an event in and returns what is to be done, in this order. `nowMs` never goes back. */
  handle(event: PeerEvent, nowMs: number): PeerEffect[] {
    this.#context.nowMs = nowMs;
    this.#take(event);
    for (const timer of this.#context.timers.due(nowMs)) this.#onTimer(timer);
    this.#goOn();
    return this.#context.takeEffects();
  }

  #take(event: PeerEvent): void {
    switch (event.type) {
      case 'start':
        this.#start();
        break;
      case 'timeout':
        break;
      case 'answer':
        this.#onAnswer(this.#context.takePending(event.requestId), event.answer);
        break;
      case 'failure':
        this.#lastTrouble = event.reason;
        this.#onFailure(this.#context.takePending(event.requestId), event.failure);
        break;
      case 'request':
        this.#onRequest(event.request);
        break;
      case 'rebuilt':
        this.#context.step('seed');
        if (!this.#context.options.stay) this.#departure.leave('complete', 'the file is complete');
        break;
      case 'abort':
        this.#departure.leave('failed', event.reason);
        break;
      case 'stop':
        this.#departure.leave('stopped', 'asked to stop');
    }
  }

  #start(): void {
    if (this.#started) throw new MisuseError('the peer has started already');
    this.#started = true;
    const { timers, nowMs, options } = this.#context;
    timers.set('register', nowMs + options.startDelayMs);
    timers.set('give up', nowMs + options.startDelayMs + options.giveUpMs);
  }

  #onTimer(timer: Timer): void {
    switch (timer) {
      case 'register':
        this.#discovery.register();
        break;
      case 'choke':
        this.#blockLoop.recompute();
        break;
      case 'peers':
        this.#discovery.askPeers();
        break;
      case 'info':
        this.#discovery.askEverybody();
        break;
      case 'settle':
        this.#discovery.stopWaiting();
        break;
      case 'loop':
        this.#blockLoop.wake();
        break;
      case 'give up':
        this.#departure.leave(
          'failed',
          `no new block for ${this.#context.options.giveUpMs / 1000} s: ${this.#lastTrouble}`,
        );
        break;
      case 'tracker': // it is usable again
      case 'linger': // nothing is waited for any longer
        break;
    }
  }

  #onAnswer(pending: Pending, answer: Answer): void {
    if (pending.kind === 'block') this.#blockLoop.onBlock(pending.choice);
    else if (pending.kind === 'goodbye') this.#departure.finish();
    else if (answer.action === 'register') this.#discovery.onRegistered(answer);
    else if (answer.action === 'get_peers') this.#discovery.onListed(answer.peers);
    else if (pending.kind === 'info' && answer.action === 'have_blocks_info') {
      this.#discovery.onBlocks(pending.peer, answer.blocks);
    }
  }

  #onFailure(pending: Pending, failure: Failure): void {
    switch (pending.kind) {
      case 'goodbye':
        this.#departure.finish();
        break;
      case 'block':
        this.#blockLoop.onFailure(pending.choice, failure);
        break;
      case 'info':
      case 'announcement':
        if (failure === 'unreachable') this.#discovery.drop(pending.peer);
        else if (pending.kind === 'info') this.#discovery.notAwaited(pending.peer);
        break;
      case 'register':
      case 'get_peers':
        this.#discovery.onTrackerFailed(pending.kind, failure === 'refused');
        break;
      case 'report': // it was a courtesy
        break;
    }
  }

  #onRequest(request: PeerRequest): void {
    const peer = this.peers.get(request.sender_id);
    if (peer === undefined) this.#discovery.seek();
    const reply = replyTo(request, this.#context.options.peerId, this.peers);
    this.#context.emit(reply);
    const granted = reply.type === 'respond' && reply.response.status === 'success';
    if (peer !== undefined && request.action === 'announce_block' && granted) {
      this.#discovery.onAnnounced(peer, request.block_index);
    }
  }

  /** What follows from the news. */
  #goOn(): void {
    if (this.#context.downloading) {
      if (this.peers.complete) this.#complete();
      else this.#blockLoop.goOn();
    }
    this.#departure.goOn(this.#discovery.announced);
  }

  #complete(): void {
    const { timers } = this.#context;
    this.#context.step('complete');
    for (const timer of ['info', 'peers', 'loop', 'give up'] as const) timers.clear(timer);
    this.#context.emit({ type: 'rebuild' });
  }
}
