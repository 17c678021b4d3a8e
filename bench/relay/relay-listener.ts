import type { SwarmNode } from './swarm-node.ts';

/** Hears all that passes on one connection as the programs sent it, before the relay changes anything. */
export interface Tap {
  /** Bytes of the client. */
  request(chunk: Buffer): void;
  /** Bytes of the server. */
  response(chunk: Buffer): void;
  /** The client sends no more; after `reset` it receives no more either. */
  clientEnded(how: 'closed' | 'reset'): void;
  /** The server sends no more; `refused`: it never accepted the connection. */
  serverEnded(how: 'closed' | 'reset' | 'refused'): void;
}

/** Listens to the connections of a relay. */
export interface RelayListener {
  /** Makes the tap of a connection that `client` opens to `server`. */
  openTap(client: SwarmNode, server: SwarmNode): Tap;
  /** A list contained an address without a relay port: traffic to it goes unseen. */
  unseen(): void;
}
