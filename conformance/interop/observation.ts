import type { SwarmNode } from '../../bench/relay/swarm-node.ts';
import type { JsonObject, Reading } from '../wire/message.ts';

/** A connection between two parties of a swarm. */
export interface Edge {
  readonly client: SwarmNode;
  readonly server: SwarmNode;
  /** Its number within the swarm, from 1. */
  readonly connection: number;
}

interface Seen {
  readonly edge: Edge;
  /** On the observer's clock, in milliseconds. */
  readonly atMs: number;
}

/** A request passed by whole, or bytes that are none. */
export interface RequestSeen extends Seen {
  readonly kind: 'request';
  readonly reading: Reading;
  /** The bytes as text, shortened. */
  readonly text: string;
  /** The requests before it on the same connection. */
  readonly before: readonly JsonObject[];
}

/** A response passed by whole, or bytes that are none. */
export interface ResponseSeen extends Seen {
  readonly kind: 'response';
  readonly reading: Reading;
  readonly text: string;
  /** Undefined: nothing was asked that was not answered yet. */
  readonly request: RequestSeen | undefined;
}

/** The first request of a connection was not answered. */
export interface Unanswered extends Seen {
  readonly kind: 'unanswered';
  readonly request: RequestSeen;
  /**
   * `closed`, `reset`: the server ended the connection; `half-closed`: it did so after the client had closed its side.
   * `given-up`: the client waits no longer. `silent`: nobody has ended anything, and the swarm is over.
   */
  readonly how: 'closed' | 'reset' | 'half-closed' | 'given-up' | 'silent';
  /** Whether a part of an answer came. */
  readonly unfinished: boolean;
}

/** A connection was refused. */
export interface Refused extends Seen {
  readonly kind: 'refused';
}

export type Observation = RequestSeen | ResponseSeen | Unanswered | Refused;

/** What a rule finds: who broke which clause, and how. */
export interface Finding {
  readonly culprit: SwarmNode;
  /** What was wrong, a whole sentence without its subject: it reads on from the culprit's name. */
  readonly sentence: string;
  /** The id of the clause; undefined where no clause says it. */
  readonly clause?: string;
  /** It breaks no clause by itself (no time limit is written down), but explains why a swarm failed. */
  readonly onlySuspicious?: true;
}
