import type { PeerRequest, TrackerRequest } from '../wire/requests.ts';
import type { Download } from './downloads.ts';
import type { KnownPeer } from './known-peers.ts';
import type { Endpoint, PeerEffect } from './peer-events.ts';
import type { PeerOptions } from './peer-options.ts';
import { MisuseError, nextState, type PeerState, type Transition } from './peer-states.ts';
import { Timers } from './timers.ts';

export type Timer =
  | 'register'
  | 'choke' // the next recomputation of choking
  | 'get_peers'
  | 'have_blocks_info' // the next ones, to all known peers
  | 'blocks info wait' // the end of the wait for the blocks of new peers
  | 'tracker' // a tracker that failed may be asked again
  | 'loop' // the end of the sleep before a loop
  | 'give up'
  | 'linger'; // the end of the wait for the last announcements

/** What a request of this peer is for. */
export type Purpose =
  | { readonly kind: 'register' | 'get_peers' | 'dead peer' | 'goodbye' }
  | { readonly kind: 'have_blocks_info' | 'announce_block'; readonly peer: KnownPeer }
  | { readonly kind: 'block'; readonly download: Download };

/** What the parts of a peer share: options, time, timers, state, pending requests, and effects. */
export class PeerContext {
  readonly options: PeerOptions;
  readonly timers = new Timers<Timer>();
  nowMs = 0;
  #state: PeerState = 'initialisation';
  #effects: PeerEffect[] = [];
  readonly #pending = new Map<number, Purpose>();
  #lastRequestId = 0;

  constructor(options: PeerOptions) {
    this.options = options;
  }

  get state(): PeerState {
    return this.#state;
  }

  /** Whether the peer is registered and wants blocks. */
  get downloading(): boolean {
    return !['initialisation', 'reconstruction', 'seeding', 'shutdown'].includes(this.#state);
  }

  /** Whether the peer is registered, complete or not. */
  get registered(): boolean {
    return this.#state !== 'initialisation' && this.#state !== 'shutdown';
  }

  transition(transition: Transition): void {
    this.#state = nextState(this.#state, transition);
  }

  emit(effect: PeerEffect): void {
    this.#effects.push(effect);
  }

  takeEffects(): PeerEffect[] {
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }

  send(
    to: Endpoint | 'tracker',
    request: TrackerRequest | PeerRequest,
    purpose: Purpose,
    timeoutMs = this.options.requestTimeoutMs,
  ): void {
    const requestId = ++this.#lastRequestId;
    this.#pending.set(requestId, purpose);
    this.emit({ type: 'send', requestId, to, request, timeoutMs });
  }

  /** Ends a pending request. Throws a {@link MisuseError} for an unknown one. */
  endRequest(requestId: number): Purpose {
    const purpose = this.#pending.get(requestId);
    if (purpose === undefined) throw new MisuseError(`request ${requestId} is not pending`);
    this.#pending.delete(requestId);
    return purpose;
  }

  isPending(kind: Purpose['kind']): boolean {
    for (const purpose of this.#pending.values()) if (purpose.kind === kind) return true;
    return false;
  }
}
