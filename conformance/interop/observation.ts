import type { SwarmNode } from '../../bench/relay/swarm-node.ts';
import type { JsonObject, Reading } from '../wire/message.ts';

/** A connection between two programs of a swarm. */
export interface ObservedConnection {
  readonly client: SwarmNode;
  readonly server: SwarmNode;
  /** Its number within the swarm, from 1. */
  readonly number: number;
}

interface ObservationBase {
  readonly connection: ObservedConnection;
  /** On the observer's clock, in milliseconds. */
  readonly atMs: number;
}

/** A complete request, or bytes that are not one. */
export interface ObservedRequest extends ObservationBase {
  readonly kind: 'request';
  readonly reading: Reading;
  /** The bytes as text, shortened. */
  readonly text: string;
  /** The requests before it on the same connection. */
  readonly before: readonly JsonObject[];
}

/** A complete response, or bytes that are not one. */
export interface ObservedResponse extends ObservationBase {
  readonly kind: 'response';
  readonly reading: Reading;
  readonly text: string;
  /** The oldest request without an answer; undefined if there is none. */
  readonly request: ObservedRequest | undefined;
  /** Whether the client had closed its sending side before. */
  readonly isAfterHalfClose: boolean;
}

/** The first request of a connection was not answered. */
export interface UnansweredRequest extends ObservationBase {
  readonly kind: 'unanswered';
  readonly request: ObservedRequest;
  /**
   * `closed`, `reset`: the server ended the connection. `half-closed`: it did so after the client had closed its side.
   * `given-up`: the client stopped waiting. `silent`: the connection was open when the swarm ended.
   */
  readonly how: 'closed' | 'reset' | 'half-closed' | 'given-up' | 'silent';
  /** How long the client waited, until it closed its sending side or the connection ended. */
  readonly waitedMs: number;
  /** Whether a part of an answer was received. */
  readonly unfinished: boolean;
}

/** A connection was refused. */
export interface RefusedConnection extends ObservationBase {
  readonly kind: 'refused';
}

export type Observation = ObservedRequest | ObservedResponse | UnansweredRequest | RefusedConnection;

/** What a rule finds: which program broke which clause, and how. */
export interface Finding {
  readonly culprit: SwarmNode;
  /** What was wrong: a sentence without its subject, which is the culprit. */
  readonly sentence: string;
  /** The id of the clause; undefined if it breaks none. */
  readonly clause?: string;
  /** It breaks no clause by itself, as clauses give no time limit, but may explain why the swarm failed. */
  readonly isSuspicion?: true;
  /** The connection was lost or refused, which may be because the culprit's process has ended. */
  readonly isLostConnection?: true;
}
