import type { Client } from '../wire/client.ts';
import type { Context } from './context.ts';
import type { ServerUnderTest } from './server-under-test.ts';

/** A server under test, tracker or peer, as the cases about the wire need it. */
export interface ServerStage {
  readonly context: Context;
  readonly role: 'tracker' | 'peer';
  readonly server: ServerUnderTest;
  /** Sends requests under an id that the server knows, `known`. */
  readonly client: Client;
  readonly known: string;
  /** A valid request for each action of this role, by action; the first one changes no state and succeeds. */
  readonly validRequests: ReadonlyMap<string, object>;
  /** Waits until the valid requests are granted, if they ever are: a peer has to unchoke the suite first. */
  ready(): Promise<void>;
  /** A valid request on a new connection. @throws Violation unless it succeeds and the process has not ended */
  serves(after: string): Promise<void>;
  /** The state that the server reports, as text for comparison. */
  state(): Promise<string>;
  /** Clears the stage. */
  close(): Promise<void>;
}

/** A peer under test, as a server. */
export interface PeerServerStage extends ServerStage {
  readonly role: 'peer';
  /** N. */
  readonly blockCount: number;
  /** Its id, if known. */
  readonly subjectId: string | undefined;
}
