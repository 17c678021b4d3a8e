import type { Client } from '../wire/client.ts';
import type { Context } from './context.ts';
import type { ServerUnderTest } from './server-under-test.ts';

/** A server under test, tracker or peer alike: what the cases about the wire need of it. */
export interface ServerStage {
  readonly context: Context;
  readonly role: 'tracker' | 'peer';
  readonly server: ServerUnderTest;
  /** A party whose id, `known`, the server knows. */
  readonly client: Client;
  readonly known: string;
  /** One legal request for each action of this role, by action; the first one changes no state and succeeds. */
  readonly legal: ReadonlyMap<string, object>;
  /** Waits until the legal requests are granted, as far as they ever are: a peer has to unchoke the suite first. */
  ready(): Promise<void>;
  /** An honest exchange on a new connection; throws a violation unless it succeeds and the process is the same one. */
  serves(after: string): Promise<void>;
  /** What the server tells of its state, as text to be compared. */
  state(): Promise<string>;
  /** Clears the stage. */
  close(): Promise<void>;
}

/** A peer under test as far as it is a server. */
export interface PeerServerStage extends ServerStage {
  readonly role: 'peer';
  /** N. */
  readonly blockCount: number;
  /** The id that it goes by, if that is known. */
  readonly subjectId: string | undefined;
}
