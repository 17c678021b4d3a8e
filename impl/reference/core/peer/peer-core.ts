import type { PeerRequest } from '../wire/requests.ts';
import { BlockLoop } from './block-loop.ts';
import { Discovery } from './discovery.ts';
import { Downloads } from './downloads.ts';
import { KnownPeers } from './known-peers.ts';
import { PeerContext, type Purpose, type Timer } from './peer-context.ts';
import type { Answer, Failure, PeerEffect, PeerEvent } from './peer-events.ts';
import type { PeerOptions } from './peer-options.ts';
import { MisuseError, type PeerState } from './peer-states.ts';
import { replyTo, type PeerReply } from './reply-to.ts';
import { Shutdown } from './shutdown.ts';

/**
 * One peer: events in, effects out (clauses `peer.*`). It does nothing by itself: the caller performs the effects, reports how
 * they end, and sends a `timeout` event when the time of {@link pollTimeout} has come.
 */
export class PeerCore {
  /** What is known of the swarm, and which blocks are stored. For reading only. */
  readonly peers: KnownPeers;
  readonly #context: PeerContext;
  readonly #downloads: Downloads;
  readonly #discovery: Discovery;
  readonly #blockLoop: BlockLoop;
  readonly #shutdown: Shutdown;
  #started = false;
  #lastFailureReason = 'no peer gave one';

  constructor(options: PeerOptions) {
    this.#context = new PeerContext(options);
    this.peers = new KnownPeers(options.totalBlocks, options.random);
    this.#downloads = new Downloads(this.peers);
    this.#discovery = new Discovery(this.#context, this.peers, this.#downloads);
    this.#blockLoop = new BlockLoop(this.#context, this.peers, this.#downloads, this.#discovery);
    this.#shutdown = new Shutdown(this.#context);
  }

  get state(): PeerState {
    return this.#context.state;
  }

  /** When the next `timeout` event is due, on the clock of `nowMs`. */
  pollTimeout(): number | undefined {
    return this.#context.timers.earliest();
  }

  /** Takes an event, and returns what is to be done, in this order. `nowMs` never goes back. */
  handle(event: PeerEvent, nowMs: number): PeerEffect[] {
    this.#context.nowMs = nowMs;
    this.#onEvent(event);
    return this.#proceed();
  }

  /** Takes another peer's request, and returns the reply to it and what else is to be done. */
  handleRequest(request: PeerRequest, nowMs: number): { reply: PeerReply; effects: PeerEffect[] } {
    this.#context.nowMs = nowMs;
    const reply = this.#onRequest(request);
    return { reply, effects: this.#proceed() };
  }

  #onEvent(event: PeerEvent): void {
    switch (event.type) {
      case 'start':
        this.#start();
        break;
      case 'timeout':
        break;
      case 'answer':
        this.#onAnswer(this.#context.endRequest(event.requestId), event.answer);
        break;
      case 'failure':
        this.#lastFailureReason = event.reason;
        this.#onFailure(this.#context.endRequest(event.requestId), event.failure);
        break;
      case 'rebuilt':
        this.#context.transition('seed');
        if (!this.#context.options.stay) this.#shutdown.begin('complete', 'the file is complete');
        break;
      case 'abort':
        this.#shutdown.begin('failed', event.reason);
        break;
      case 'stop':
        this.#shutdown.begin('stopped', 'asked to stop');
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
        this.#recomputeChoking();
        break;
      case 'get_peers':
        this.#discovery.requestPeers();
        break;
      case 'have_blocks_info':
        this.#discovery.requestAllBlocksInfo();
        break;
      case 'blocks info wait':
        this.#discovery.stopWaitingForAll();
        break;
      case 'loop':
        this.#blockLoop.startLoop();
        break;
      case 'give up':
        this.#giveUp();
        break;
      case 'tracker': // requestBlocks sees that the tracker may be asked again
      case 'linger': // the shutdown sees that the wait is over
        break;
    }
  }

  /** A new interval: choking is recomputed, and peers that have refused may be asked again. */
  #recomputeChoking(): void {
    const { timers, nowMs, options } = this.#context;
    this.peers.choking.recompute(!this.peers.complete);
    this.#downloads.forgetRefusals();
    timers.set('choke', nowMs + options.unchokeMs);
  }

  #giveUp(): void {
    const seconds = this.#context.options.giveUpMs / 1000;
    this.#shutdown.begin('failed', `no new block for ${seconds} s: ${this.#lastFailureReason}`);
  }

  #onAnswer(purpose: Purpose, answer: Answer): void {
    if (purpose.kind === 'block') this.#blockLoop.onStored(purpose.download);
    else if (purpose.kind === 'goodbye') this.#shutdown.finish();
    else if (answer.action === 'register') this.#discovery.onRegistered(answer);
    else if (answer.action === 'get_peers') this.#discovery.onListed(answer.peers);
    else if (purpose.kind === 'have_blocks_info' && answer.action === 'have_blocks_info') {
      this.#discovery.onBlocksInfo(purpose.peer, answer.blocks);
    }
  }

  #onFailure(purpose: Purpose, failure: Failure): void {
    switch (purpose.kind) {
      case 'goodbye':
        this.#shutdown.finish();
        break;
      case 'block':
        this.#blockLoop.onFailure(purpose.download, failure);
        break;
      case 'have_blocks_info':
      case 'announce_block':
        if (failure === 'unreachable') this.#discovery.dropPeer(purpose.peer);
        else if (purpose.kind === 'have_blocks_info') this.#discovery.stopWaitingFor(purpose.peer);
        break;
      case 'register':
      case 'get_peers':
        this.#discovery.onTrackerFailed(purpose.kind, failure === 'refused');
        break;
      case 'dead peer': // the dead peer is reported once only
        break;
    }
  }

  #onRequest(request: PeerRequest): PeerReply {
    const peer = this.peers.get(request.sender_id);
    if (peer === undefined) this.#discovery.onUnknownSender();
    const reply = replyTo(request, this.#context.options.peerId, this.peers);
    const granted = reply.type === 'respond' && reply.response.status === 'success';
    if (peer !== undefined && request.action === 'announce_block' && granted) {
      this.#discovery.onAnnounced(peer, request.block_index);
    }
    return reply;
  }

  /** Runs the timers that are due, then continues the download or the shutdown. */
  #proceed(): PeerEffect[] {
    for (const timer of this.#context.timers.takeDue(this.#context.nowMs)) this.#onTimer(timer);
    if (this.#context.downloading) {
      if (this.peers.complete) this.#complete();
      else this.#blockLoop.requestBlocks();
    }
    this.#shutdown.proceed(this.#discovery.askedToRegister);
    return this.#context.takeEffects();
  }

  #complete(): void {
    const { timers } = this.#context;
    this.#context.transition('complete');
    for (const timer of ['have_blocks_info', 'get_peers', 'loop', 'give up'] as const) timers.clear(timer);
    this.#context.emit({ type: 'rebuild' });
  }
}
