import type { SwarmListener } from '../../bench/swarm/swarm.ts';
import { field } from '../wire/message.ts';
import { ConnectionObserver } from './connection-observer.ts';
import { IgnoredRequests } from './ignored-requests.ts';
import type { KnownBlocks } from './known-blocks.ts';
import type { LocatedFinding } from './located-finding.ts';
import { MessageLog, messageOf, type LoggedMessage } from './message-log.ts';
import { SwarmModel } from './swarm-model.ts';
import type { Observation } from './observation.ts';
import type { SwarmNode } from '../../bench/relay/swarm-node.ts';
import { checkObservation } from './rules/check-observation.ts';
import { checkUnanswered } from './rules/no-answer.ts';
import { answersWithinMs } from '../time-limits.ts';

/** The swarm to observe. */
export interface ObserverOptions {
  readonly file: KnownBlocks;
  readonly blocks: number;
  /** A swarm without a message for this long is hopeless; after a clause is broken, it may go on for this long. */
  readonly patienceMs: number;
  /** Aborted when the programs are being stopped. */
  readonly interrupt: AbortSignal;
}

/** Observes one swarm, and keeps the first message that breaks a clause. */
export class SwarmObserver implements SwarmListener {
  readonly #model: SwarmModel;
  readonly #interrupt: AbortSignal;
  readonly #patienceMs: number;
  readonly #clockMs: () => number;
  #startMs: number | undefined;
  #newsAtMs: number | undefined;
  #connections = 0;
  #observers = new Set<ConnectionObserver>();
  #stopping = false;
  #breach: LocatedFinding | undefined;
  #suspicion: LocatedFinding | undefined;
  readonly #log = new MessageLog();
  readonly #ignored = new IgnoredRequests();
  readonly #registering = new Set<SwarmNode>();
  readonly #leaving = new Set<SwarmNode>();

  constructor({ file, blocks, patienceMs, interrupt }: ObserverOptions, clockMs = () => performance.now()) {
    this.#model = new SwarmModel(file, blocks);
    this.#interrupt = interrupt;
    this.#patienceMs = patienceMs;
    this.#clockMs = clockMs;
  }

  /** The first message that broke a clause. A silence began with its request, though it is found out later. */
  get breach(): LocatedFinding | undefined {
    return [...(this.#breach ? [this.#breach] : []), ...this.#ignored.findings()].reduce<LocatedFinding | undefined>(
      (first, one) => (first && first.message.atMs <= one.message.atMs ? first : one),
      undefined,
    );
  }

  /** The first finding that breaks no clause by itself, but may explain why others did not finish. */
  get suspicion(): LocatedFinding | undefined {
    return this.#suspicion;
  }

  /** Whether a peer sent a registration, answered or not. */
  hasRegistered(peer: number): boolean {
    return this.#registering.has(peer);
  }

  /** Whether a peer sent a `peer_offline` about itself, answered or not. */
  saidGoodbye(peer: number): boolean {
    return this.#leaving.has(peer);
  }

  /** The last messages that some programs sent or received, up to a time, oldest first. */
  lastMessages(nodes: readonly SwarmNode[], untilMs?: number): LoggedMessage[] {
    return this.#log.lastOf(nodes, untilMs);
  }

  openTap(client: SwarmNode, server: SwarmNode): ConnectionObserver {
    this.#startMs ??= this.#clockMs();
    for (const observer of this.#observers) if (observer.isOver) this.#observers.delete(observer);
    const connection = { client, server, number: ++this.#connections };
    const observer = new ConnectionObserver(
      connection,
      () => this.#clockMs() - (this.#startMs ?? 0),
      (observation) => this.#observe(observation),
    );
    this.#observers.add(observer);
    return observer;
  }

  unseen(): void {
    this.#model.hasGaps = true;
  }

  isHopeless(): boolean {
    this.#newsAtMs ??= this.#clockMs();
    return this.#clockMs() - this.#newsAtMs > this.#patienceMs;
  }

  /** Whether a client waits for an answer whose absence would break a clause at the time limit. */
  awaitsAnswer(): boolean {
    const nowMs = this.#clockMs() - (this.#startMs ?? 0);
    return [...this.#observers].some(({ openRequest: request }) => {
      if (request === undefined || nowMs - request.atMs > answersWithinMs) return false;
      const silence = { kind: 'unanswered', connection: request.connection, atMs: nowMs, request } as const;
      const waited = { how: 'silent', waitedMs: answersWithinMs, unfinished: false } as const;
      return checkUnanswered({ ...silence, ...waited }, this.#model) !== undefined;
    });
  }

  stopping(): void {
    for (const observer of this.#observers) observer.end();
    this.#stopping = true;
  }

  #observe(observation: Observation): void {
    if (observation.kind === 'request') this.#noteSender(observation);
    if (this.#stopping || this.#interrupt.aborted) return;
    this.#judge(observation);
    this.#model.learn(observation);
    if (observation.kind === 'response') this.#ignored.answered(observation);
    if (observation.kind !== 'request' && observation.kind !== 'response') return;
    this.#log.add(messageOf(observation));
    if (!this.#breach) this.#newsAtMs = this.#clockMs();
  }

  /** What follows the first breach may follow from it: only a silence that began before it can replace it. */
  #judge(observation: Observation): void {
    const message = messageOf(observation);
    const isLater = this.#breach !== undefined && message.atMs >= this.#breach.message.atMs;
    if (isLater && observation.kind !== 'unanswered') return;
    const finding = checkObservation(observation, this.#model);
    if (!finding) return;
    const found = { ...finding, message };
    if (!finding.isSuspicion) {
      if (!isLater) this.#breach = found;
      return;
    }
    if (!this.#breach) this.#suspicion ??= found;
    if (observation.kind === 'unanswered') this.#ignored.add(observation, found);
  }

  #noteSender({ reading, connection: { client } }: Observation & { kind: 'request' }): void {
    if ('problem' in reading) return;
    const action = field(reading.value, 'action');
    if (action === 'register') this.#registering.add(client);
    const dead = field(reading.value, 'dead_peer_id');
    const ids = this.#model.membership.idsOf(client);
    if (action === 'peer_offline' && (ids.size === 0 || ids.has(String(dead)))) this.#leaving.add(client);
  }
}
