import type { Choice } from './downloads.ts';
import type { KnownPeer } from './known-peers.ts';
import type { Address, PeerEffect } from './peer-events.ts';
import type { PeerOptions } from './peer-options.ts';
import { MisuseError, nextState, type PeerState, type Step } from './peer-states.ts';
import type { PeerRequest, TrackerRequest } from '../wire/requests.ts';
import { Timers } from './timers.ts';

export type Timer =
  | 'register'
  | 'choke' // the next recomputation of who is unchoked
  | 'peers' // the next get_peers
  | 'info' // the next have_blocks_info to everybody
  | 'settle' // new peers have had their time to tell their blocks
  | 'tracker' // a tracker that failed is tried again
  | 'loop' // the sleep before a loop is over
  | 'give up'
  | 'linger'; // a leaving peer waits no longer

/** What a request of this peer was for. */
export type Pending =
  | { readonly kind: 'register' | 'get_peers' | 'report' | 'goodbye' }
  | { readonly kind: 'info' | 'announcement'; readonly peer: KnownPeer }
  | { readonly kind: 'block'; readonly choice: Choice };

/** What the parts of a peer share: time, state, and the way out. */
export class PeerContext {
  readonly options: PeerOptions;
  readonly timers = new Timers<Timer>();
  nowMs = 0;
  #state: PeerState = 'initialisation';
  #effects: PeerEffect[] = [];
  readonly #pending = new Map<number, Pending>();
  #lastRequestId = 0;

  constructor(options: PeerOptions) {
    this.options = options;
  }

  get state(): PeerState {
    return this.#state;
  }

  /** Whether the peer is in the swarm and wants blocks. */
  get downloading(): boolean {
    return !['initialisation', 'reconstruction', 'seeding', 'shutdown'].includes(this.#state);
  }

  /** Whether the peer is in the swarm, complete or not. */
  get present(): boolean {
    return this.#state !== 'initialisation' && this.#state !== 'shutdown';
  }

  step(step: Step): void {
    this.#state = nextState(this.#state, step);
  }

  emit(effect: PeerEffect): void {
    this.#effects.push(effect);
  }

  takeEffects(): PeerEffect[] {
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }

  ask(
    to: Address | 'tracker',
    request: TrackerRequest | PeerRequest,
    pending: Pending,
    timeoutMs = this.options.requestTimeoutMs,
  ): void {
    const requestId = ++this.#lastRequestId;
    this.#pending.set(requestId, pending);
    this.emit({ type: 'send', requestId, to, request, timeoutMs });
  }

  /** The request has ended. */
  takePending(requestId: number): Pending {
    const pending = this.#pending.get(requestId);
    if (pending === undefined) throw new MisuseError(`no request ${requestId} is waiting`);
    this.#pending.delete(requestId);
    return pending;
  }

  hasPending(kind: Pending['kind']): boolean {
    for (const pending of this.#pending.values()) if (pending.kind === kind) return true;
    return false;
  }
}
