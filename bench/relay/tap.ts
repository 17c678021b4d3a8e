import type { Party } from './traffic.ts';

/** Is told all that passes on one connection, as it was said: before the relay changes anything, and without any say. */
export interface Tap {
  /** Bytes of the client. */
  request(chunk: Buffer): void;
  /** Bytes of the server. */
  response(chunk: Buffer): void;
  /** The client says no more; `reset`: and hears no more. */
  clientEnded(how: 'closed' | 'reset'): void;
  /** The server says no more; `refused`: it never took the connection. */
  serverEnded(how: 'closed' | 'reset' | 'refused'): void;
}

/** Somebody who looks on at a relay. */
export interface Onlooker {
  /** Makes the tap of a connection that `client` opens to `server`. */
  openTap(client: Party, server: Party): Tap;
  /** A list told of an address that the relay does not stand before: what is said there is seen by nobody. */
  unseen(): void;
}
