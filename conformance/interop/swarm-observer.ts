import type { SwarmListener } from '../../bench/swarm/swarm.ts';
import { field } from '../wire/message.ts';
import { ConnectionObserver } from './connection-observer.ts';
import type { KnownBlocks } from './known-blocks.ts';
import { SwarmModel } from './swarm-model.ts';
import type { Finding, Observation } from './observation.ts';
import type { SwarmNode } from '../../bench/relay/swarm-node.ts';
import { checkObservation } from './rules/check-observation.ts';

/** A finding, and the message that it is about. */
export interface LocatedFinding extends Finding {
  readonly message: { atMs: number; from: SwarmNode; to: SwarmNode; connection: number; text: string };
}

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
  readonly #registering = new Set<SwarmNode>();

  constructor({ file, blocks, patienceMs, interrupt }: ObserverOptions, clockMs = () => performance.now()) {
    this.#model = new SwarmModel(file, blocks);
    this.#interrupt = interrupt;
    this.#patienceMs = patienceMs;
    this.#clockMs = clockMs;
  }

  /** The first message that broke a clause. */
  get breach(): LocatedFinding | undefined {
    return this.#breach;
  }

  /** The first finding that breaks no clause by itself, but may explain why others did not finish. */
  get suspicion(): LocatedFinding | undefined {
    return this.#suspicion;
  }

  /** Whether a peer sent a registration, answered or not. */
  hasRegistered(peer: number): boolean {
    return this.#registering.has(peer);
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

  stopping(): void {
    for (const observer of this.#observers) observer.end();
    this.#stopping = true;
  }

  #observe(observation: Observation): void {
    if (this.#stopping || this.#interrupt.aborted || this.#breach) return;
    if (observation.kind === 'request' || observation.kind === 'response') this.#newsAtMs = this.#clockMs();
    const finding = checkObservation(observation, this.#model);
    if (finding?.isSuspicion) this.#suspicion ??= { ...finding, message: offendingMessage(observation) };
    else if (finding) this.#breach = { ...finding, message: offendingMessage(observation) };
    this.#model.learn(observation);
    if (observation.kind === 'request' && 'value' in observation.reading) {
      if (field(observation.reading.value, 'action') === 'register')
        this.#registering.add(observation.connection.client);
    }
  }
}

/** The message itself or, if it is missing, the request that waited for it. */
function offendingMessage(observation: Observation): LocatedFinding['message'] {
  const { client, server, number: connection } = observation.connection;
  const [from, to] = observation.kind === 'response' ? [server, client] : [client, server];
  if (observation.kind === 'unanswered') {
    const { atMs, text } = observation.request;
    return { atMs, from, to, connection, text };
  }
  const text = observation.kind === 'refused' ? '' : observation.text;
  return { atMs: observation.atMs, from, to, connection, text };
}
