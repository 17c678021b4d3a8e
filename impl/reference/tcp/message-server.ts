import { createServer, type AddressInfo, type Server } from 'node:net';
import { once } from 'node:events';
import { UsageError } from '../usage-error.ts';
import { ServerConnection, type Serve } from './server-connection.ts';

/** Connections that may wait to be accepted: as many as a kernel allows, for a swarm may come all at once. */
const backlog = 4096;

/** Answers requests on a TCP port. */
export class MessageServer {
  readonly #server: Server;
  readonly #connections = new Set<ServerConnection>();

  constructor(serve: Serve) {
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      const connection = new ServerConnection(socket, serve);
      this.#connections.add(connection);
      socket.on('close', () => this.#connections.delete(connection));
    });
  }

  /** Listens, and returns the port; 0 asks for any. Throws a UsageError when the address cannot be had. */
  async listen(host: string, port: number): Promise<number> {
    this.#server.listen(port, host, backlog);
    try {
      await once(this.#server, 'listening');
    } catch (error) {
      throw new UsageError(
        `Cannot listen on ${host}:${port} (${(error as Error).message}): choose another --host or --port`,
      );
    }
    // One connection that could not be accepted (too many open files, say) is no reason to stop.
    this.#server.on('error', () => undefined);
    return (this.#server.address() as AddressInfo).port;
  }

  /** Takes no new connections, lets running responses end for at most `graceMs`, and frees the port. */
  async close(graceMs: number): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const connection of this.#connections) connection.close();
    const cut = setTimeout(() => {
      for (const connection of this.#connections) connection.destroy();
    }, graceMs);
    await closed;
    clearTimeout(cut);
  }
}
