import type { RequestBlockRequest, RequestBlockTrackerRequest } from '../../../../schemas/types.ts';
import type { Answer, Failure, Outcome, PeerEffect, PeerEvent } from '../peer/peer-events.ts';
import type { PeerOptions } from '../peer/peer-options.ts';
import { PeerCore } from '../peer/peer.ts';
import type { Random } from '../random.ts';
import type { PeerRequest, TrackerRequest } from '../wire/requests.ts';
import { TrackerState } from '../tracker-state.ts';

/** A request on the pretend wire. */
export interface Traffic {
  readonly atMs: number;
  /** When it reaches the other side. */
  readonly arrivesAtMs: number;
  readonly from: string;
  /** The id of a peer, or nothing for the tracker or an address where nobody listens. */
  readonly to: string | undefined;
  readonly request: TrackerRequest | PeerRequest;
  /** When the sender hears how it ended, and the response, if there is one. */
  answeredAtMs: number;
  response: Response | undefined;
}

/** A peer in a virtual swarm. */
export interface Member {
  readonly core: PeerCore;
  /** The blocks whose data has come, in this order. */
  readonly stored: number[];
  alive: boolean;
  /** Takes requests, and answers none. */
  mute: boolean;
  end: { readonly outcome: Outcome; readonly reason: string } | undefined;
}

export type Response = Readonly<Record<string, unknown>>;

const host = '10.0.0.1';

/** Cores joined by a pretend wire on a clock that jumps from event to event: no sockets, no sleeping, same seed, same run. */
export class VirtualSwarm {
  readonly members = new Map<string, Member>();
  readonly traffic: Traffic[] = [];
  trackerAlive = true;
  nowMs = 0;
  readonly #random: Random;
  readonly #totalBlocks: number;
  readonly #tracker: TrackerState;
  /** What is to happen, the next last. */
  readonly #events: { readonly atMs: number; readonly happen: () => void }[] = [];

  constructor(totalBlocks: number, initialBlocks: number, random: Random) {
    this.#random = random;
    this.#totalBlocks = totalBlocks;
    this.#tracker = new TrackerState({ totalBlocks, initialBlocks, random });
  }

  /** Starts a peer at the given time. */
  add(peerId: string, atMs: number, options: Partial<PeerOptions> = {}): Member {
    const core = new PeerCore({
      peerId,
      listenPort: this.members.size + 1,
      totalBlocks: this.#totalBlocks,
      window: 1,
      unchokeMs: 10_000,
      infoMs: 15_000,
      peersMs: 3000,
      paceMs: 0,
      startDelayMs: 0,
      requestTimeoutMs: 5000,
      giveUpMs: 60_000,
      stay: false,
      random: this.#random,
      ...options,
    });
    const member: Member = { core, stored: [], alive: true, mute: false, end: undefined };
    this.members.set(peerId, member);
    this.at(atMs, () => this.happen(peerId, { type: 'start' }));
    return member;
  }

  /** Plans something, after what is planned for the same time already. */
  at(atMs: number, happen: () => void): void {
    let [low, high] = [0, this.#events.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#events[middle]?.atMs ?? 0) <= atMs) high = middle;
      else low = middle + 1;
    }
    this.#events.splice(low, 0, { atMs, happen });
  }

  /** Runs until nothing is left to happen, or until the time has come. */
  run(untilMs = 3_600_000): void {
    for (let next = this.#events.at(-1); next !== undefined && next.atMs < untilMs; next = this.#events.at(-1)) {
      this.#events.pop();
      this.nowMs = Math.max(this.nowMs, next.atMs);
      next.happen();
    }
  }

  happen(peerId: string, event: PeerEvent): void {
    const member = this.members.get(peerId);
    if (member?.alive !== true) return;
    this.#perform(peerId, member, member.core.handle(event, this.nowMs));
  }

  #perform(peerId: string, member: Member, effects: PeerEffect[]): Response | undefined {
    let reply: Response | undefined;
    for (const effect of effects) {
      if (effect.type === 'send') this.#send(peerId, member, effect);
      else if (effect.type === 'respond') reply = { ...effect.response };
      else if (effect.type === 'send-block') reply = { status: 'success', block_index: effect.index };
      else if (effect.type === 'rebuild') this.at(this.nowMs, () => this.happen(peerId, { type: 'rebuilt' }));
      else {
        member.end = effect;
        member.alive = false;
      }
    }
    const dueMs = member.core.pollTimeout();
    if (dueMs !== undefined) this.at(dueMs, () => this.#timeout(peerId, dueMs));
    return reply;
  }

  #timeout(peerId: string, dueMs: number): void {
    if (this.members.get(peerId)?.core.pollTimeout() === dueMs) this.happen(peerId, { type: 'timeout' });
  }

  #send(from: string, sender: Member, effect: PeerEffect & { type: 'send' }): void {
    const { requestId, to, request, timeoutMs } = effect;
    const found = to === 'tracker' ? undefined : this.#listener(to.port);
    const traffic: Traffic = {
      atMs: this.nowMs,
      arrivesAtMs: this.nowMs + this.#latencyMs(),
      from,
      to: found?.[0],
      request,
      answeredAtMs: Infinity,
      response: undefined,
    };
    this.traffic.push(traffic);
    const end = (afterMs: number, event: PeerEvent): void => {
      traffic.answeredAtMs = this.nowMs + afterMs;
      this.at(traffic.answeredAtMs, () => {
        if (event.type === 'answer' && isBlockRequest(request)) sender.stored.push(request.block_index);
        this.happen(from, event);
      });
    };
    const fail = (afterMs: number, failure: Failure): void =>
      end(afterMs, { type: 'failure', requestId, failure, reason: failure });
    this.at(traffic.arrivesAtMs, () => {
      if (found?.[1].mute === true) {
        fail(timeoutMs, 'silent');
        return;
      }
      const response = to === 'tracker' ? this.#askTracker(sender, request) : this.#askPeer(to.port, request);
      traffic.response = response;
      if (response === undefined) fail(0, 'unreachable');
      else if (response['status'] === 'error') fail(this.#latencyMs(), 'refused');
      else end(this.#latencyMs(), { type: 'answer', requestId, answer: asAnswer(request, response) });
    });
  }

  #askTracker(sender: Member, request: TrackerRequest | PeerRequest): Response | undefined {
    if (!this.trackerAlive) return undefined;
    const effect = this.#tracker.handle(request as TrackerRequest, host);
    if (effect.kind === 'respond') return effect.response as Response;
    if (effect.kind === 'send-block') return { status: 'success', block_index: effect.index };
    const suspect = this.#listener(effect.suspect.port);
    return this.#tracker.suspectChecked(effect.suspect, suspect !== undefined && suspect[1] !== sender) as Response;
  }

  #askPeer(port: number, request: TrackerRequest | PeerRequest): Response | undefined {
    const found = this.#listener(port);
    if (found === undefined) return undefined;
    const [peerId, member] = found;
    const effects = member.core.handle({ type: 'request', request: request as PeerRequest }, this.nowMs);
    return this.#perform(peerId, member, effects);
  }

  #listener(port: number): [string, Member] | undefined {
    const found = [...this.members][port - 1];
    return found?.[1].alive === true ? found : undefined;
  }

  #latencyMs(): number {
    return 1 + this.#random.below(20);
  }
}

function isBlockRequest(
  request: TrackerRequest | PeerRequest,
): request is RequestBlockRequest | RequestBlockTrackerRequest {
  return request.action === 'request_block' || request.action === 'request_block_tracker';
}

function asAnswer(request: TrackerRequest | PeerRequest, response: Response): Answer {
  switch (request.action) {
    case 'register':
      return {
        action: 'register',
        peers: response['peers'] as [],
        initialBlocks: response['initial_blocks'] as number[],
        ownedBlocks: [],
      };
    case 'get_peers':
      return { action: 'get_peers', peers: response['peers'] as [] };
    case 'have_blocks_info':
      return { action: 'have_blocks_info', blocks: response['blocks_info'] as boolean[] };
    default:
      return { action: request.action };
  }
}
