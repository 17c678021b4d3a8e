import type { RequestBlockRequest, RequestBlockTrackerRequest } from '../../../../schemas/types.ts';
import { PeerCore } from '../peer/peer-core.ts';
import type { Answer, Failure, Outcome, PeerEffect, PeerEvent } from '../peer/peer-events.ts';
import type { PeerOptions } from '../peer/peer-options.ts';
import type { PeerReply } from '../peer/reply-to.ts';
import type { Random } from '../random.ts';
import { TrackerState } from '../tracker/tracker-state.ts';
import type { PeerRequest, TrackerRequest } from '../wire/requests.ts';
import { testPeerOptions } from './peer-options.ts';

/** A request on the simulated network. */
export interface SentRequest {
  readonly atMs: number;
  /** When it reaches the other side. */
  readonly arrivesAtMs: number;
  readonly from: string;
  /** The id of a peer; undefined for the tracker, or for an endpoint where nobody listens. */
  readonly to: string | undefined;
  readonly request: TrackerRequest | PeerRequest;
  /** When the sender learns the outcome. */
  answeredAtMs: number;
  response: Response | undefined;
}

/** A peer in a virtual swarm. */
export interface Member {
  readonly core: PeerCore;
  /** The blocks received, in this order. */
  readonly stored: number[];
  alive: boolean;
  /** Takes requests, and answers none. */
  mute: boolean;
  end: { readonly outcome: Outcome; readonly reason: string } | undefined;
}

export type Response = Readonly<Record<string, unknown>>;

const host = '10.0.0.1';

/** Cores on a simulated network and clock: no sockets, no sleeping, and the same seed gives the same run. */
export class VirtualSwarm {
  readonly members = new Map<string, Member>();
  readonly requests: SentRequest[] = [];
  trackerAlive = true;
  nowMs = 0;
  readonly #random: Random;
  readonly #totalBlocks: number;
  readonly #tracker: TrackerState;
  /** Scheduled actions, the next one last. */
  readonly #schedule: { readonly atMs: number; readonly act: () => void }[] = [];

  constructor(totalBlocks: number, initialBlocks: number, random: Random) {
    this.#random = random;
    this.#totalBlocks = totalBlocks;
    this.#tracker = new TrackerState({ totalBlocks, initialBlocks, random });
  }

  /** Starts a peer at the given time. */
  add(peerId: string, atMs: number, options: Partial<PeerOptions> = {}): Member {
    const listenPort = this.members.size + 1;
    const core = new PeerCore(
      testPeerOptions(this.#random, { peerId, listenPort, totalBlocks: this.#totalBlocks, ...options }),
    );
    const member: Member = { core, stored: [], alive: true, mute: false, end: undefined };
    this.members.set(peerId, member);
    this.at(atMs, () => this.handle(peerId, { type: 'start' }));
    return member;
  }

  /** Schedules an action, after those that are scheduled for the same time already. */
  at(atMs: number, act: () => void): void {
    let [low, high] = [0, this.#schedule.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#schedule[middle]?.atMs ?? 0) <= atMs) high = middle;
      else low = middle + 1;
    }
    this.#schedule.splice(low, 0, { atMs, act });
  }

  /** Runs until nothing is scheduled any more, or until the given time. */
  run(untilMs = 3_600_000): void {
    for (let next = this.#schedule.at(-1); next !== undefined && next.atMs < untilMs; next = this.#schedule.at(-1)) {
      this.#schedule.pop();
      this.nowMs = Math.max(this.nowMs, next.atMs);
      next.act();
    }
  }

  handle(peerId: string, event: PeerEvent): void {
    const member = this.members.get(peerId);
    if (member?.alive === true) this.#perform(peerId, member, member.core.handle(event, this.nowMs));
  }

  #perform(peerId: string, member: Member, effects: PeerEffect[]): void {
    for (const effect of effects) {
      if (effect.type === 'send') this.#send(peerId, member, effect);
      else if (effect.type === 'rebuild') this.at(this.nowMs, () => this.handle(peerId, { type: 'rebuilt' }));
      else {
        member.end = effect;
        member.alive = false;
      }
    }
    const dueMs = member.core.pollTimeout();
    if (dueMs !== undefined) this.at(dueMs, () => this.#timeout(peerId, dueMs));
  }

  #timeout(peerId: string, dueMs: number): void {
    if (this.members.get(peerId)?.core.pollTimeout() === dueMs) this.handle(peerId, { type: 'timeout' });
  }

  #send(from: string, sender: Member, effect: PeerEffect & { type: 'send' }): void {
    const { requestId, to, request, timeoutMs } = effect;
    const listener = to === 'tracker' ? undefined : this.#listener(to.port);
    const sent: SentRequest = {
      atMs: this.nowMs,
      arrivesAtMs: this.nowMs + this.#latencyMs(),
      from,
      to: listener?.[0],
      request,
      answeredAtMs: Infinity,
      response: undefined,
    };
    this.requests.push(sent);
    const end = (afterMs: number, event: PeerEvent): void => {
      sent.answeredAtMs = this.nowMs + afterMs;
      this.at(sent.answeredAtMs, () => {
        if (event.type === 'answer' && isBlockRequest(request)) sender.stored.push(request.block_index);
        this.handle(from, event);
      });
    };
    const fail = (afterMs: number, failure: Failure): void =>
      end(afterMs, { type: 'failure', requestId, failure, reason: failure });
    this.at(sent.arrivesAtMs, () => {
      if (listener?.[1].mute === true) {
        fail(timeoutMs, 'silent');
        return;
      }
      const response = to === 'tracker' ? this.#askTracker(sender, request) : this.#askPeer(to.port, request);
      sent.response = response;
      if (response === undefined) fail(0, 'unreachable');
      else if (response['status'] === 'error') fail(this.#latencyMs(), 'refused');
      else end(this.#latencyMs(), { type: 'answer', requestId, answer: asAnswer(request, response) });
    });
  }

  #askTracker(sender: Member, request: TrackerRequest | PeerRequest): Response | undefined {
    if (!this.trackerAlive) return undefined;
    const effect = this.#tracker.handle(request as TrackerRequest, host);
    if (effect.type !== 'check-peer') return asResponse(effect);
    const suspect = this.#listener(effect.suspect.port);
    return { ...this.#tracker.suspectChecked(effect.suspect, suspect !== undefined && suspect[1] !== sender) };
  }

  #askPeer(port: number, request: TrackerRequest | PeerRequest): Response | undefined {
    const listener = this.#listener(port);
    if (listener === undefined) return undefined;
    const [peerId, member] = listener;
    const { reply, effects } = member.core.handleRequest(request as PeerRequest, this.nowMs);
    this.#perform(peerId, member, effects);
    return asResponse(reply);
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

function asResponse(reply: PeerReply | { type: 'respond'; response: object }): Response {
  return reply.type === 'respond' ? { ...reply.response } : { status: 'success', block_index: reply.index };
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
