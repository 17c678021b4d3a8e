import type { SwarmListener } from '../../bench/swarm/swarm.ts';
import { field } from '../wire/message.ts';
import { ConnectionReader } from './connection-reader.ts';
import type { FileTruth } from './file-truth.ts';
import { Knowledge } from './knowledge.ts';
import type { Finding, Observation } from './observation.ts';
import type { SwarmNode } from '../../bench/relay/swarm-node.ts';
import { checkRequest } from './rules/requests.ts';
import { checkResponse } from './rules/responses.ts';
import { checkRefused, checkUnanswered } from './rules/silence.ts';

/** What was found, and where on the wire. */
export interface Found extends Finding {
  readonly message: { atMs: number; from: SwarmNode; to: SwarmNode; connection: number; text: string };
}

/** The swarm that an observer looks on at. */
export interface Observed {
  readonly file: FileTruth;
  readonly blocks: number;
  /** Whoever wants a block says something within this time; and for so long a swarm goes on after a clause was broken. */
  readonly patienceMs: number;
  /** When it is aborted, the programs are being stopped. */
  readonly interrupt: AbortSignal;
}

/** Looks on at one swarm, and keeps the first message that broke a clause. */
export class SwarmObserver implements SwarmListener {
  readonly #knowledge: Knowledge;
  readonly #interrupt: AbortSignal;
  readonly #patienceMs: number;
  readonly #clockMs: () => number;
  #startMs: number | undefined;
  #newsAtMs: number | undefined;
  #connections = 0;
  #readers = new Set<ConnectionReader>();
  #stopping = false;
  #breach: Found | undefined;
  #suspicion: Found | undefined;
  readonly #registering = new Set<SwarmNode>();

  constructor({ file, blocks, patienceMs, interrupt }: Observed, clockMs = () => performance.now()) {
    this.#knowledge = new Knowledge(file, blocks);
    this.#interrupt = interrupt;
    this.#patienceMs = patienceMs;
    this.#clockMs = clockMs;
  }

  /** The first message that broke a clause. */
  get breach(): Found | undefined {
    return this.#breach;
  }

  /** The first one that breaks no clause by itself, but explains why others did not get on. */
  get suspicion(): Found | undefined {
    return this.#suspicion;
  }

  /** Whether a peer was seen to register, answered or not. */
  hasRegistered(peer: number): boolean {
    return this.#registering.has(peer);
  }

  openTap(client: SwarmNode, server: SwarmNode): ConnectionReader {
    this.#startMs ??= this.#clockMs();
    for (const reader of this.#readers) if (reader.isOver) this.#readers.delete(reader);
    const edge = { client, server, connection: ++this.#connections };
    const reader = new ConnectionReader(
      edge,
      () => this.#clockMs() - (this.#startMs ?? 0),
      (observation) => this.#observe(observation),
    );
    this.#readers.add(reader);
    return reader;
  }

  unseen(): void {
    this.#knowledge.hasGaps = true;
  }

  isHopeless(): boolean {
    this.#newsAtMs ??= this.#clockMs();
    return this.#clockMs() - this.#newsAtMs > this.#patienceMs;
  }

  stopping(): void {
    for (const reader of this.#readers) reader.end();
    this.#stopping = true;
  }

  #observe(observation: Observation): void {
    if (this.#stopping || this.#interrupt.aborted || this.#breach) return;
    if (observation.kind === 'request' || observation.kind === 'response') this.#newsAtMs = this.#clockMs();
    const found = check(observation, this.#knowledge);
    if (found?.onlySuspicious) this.#suspicion ??= { ...found, message: messageOf(observation) };
    else if (found) this.#breach = { ...found, message: messageOf(observation) };
    this.#knowledge.learn(observation);
    if (observation.kind === 'request' && 'value' in observation.reading) {
      if (field(observation.reading.value, 'action') === 'register') this.#registering.add(observation.edge.client);
    }
  }
}

/** Judges one observation by what is known from those before it. */
export function check(observation: Observation, knowledge: Knowledge): Finding | undefined {
  switch (observation.kind) {
    case 'request':
      return checkRequest(observation, knowledge);
    case 'response':
      return checkResponse(observation, knowledge);
    case 'unanswered':
      return checkUnanswered(observation, knowledge);
    case 'refused':
      return checkRefused(observation, knowledge);
  }
}

/** The message itself; where it is one that never came, the request that waited for it. */
function messageOf(observation: Observation): Found['message'] {
  const { edge, atMs, kind } = observation;
  const { client, server, connection } = edge;
  const [from, to] = kind === 'response' ? [server, client] : [client, server];
  if (kind === 'unanswered') {
    const { request } = observation;
    return { atMs: request.atMs, from, to, connection, text: request.text };
  }
  return { atMs, from, to, connection, text: kind === 'refused' ? '' : observation.text };
}
