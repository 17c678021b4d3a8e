import { createServer, type AddressInfo, type Server } from 'node:net';
import { once } from 'node:events';
import { UsageError } from '../usage-error.ts';
import { ServerConnection, type Serve } from './server-connection.ts';

/** The length of the accept queue: as long as a kernel allows, since a whole swarm may connect at once. */
const backlog = 4096;

/** Serves requests on a TCP port. */
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

  /** Listens, and returns the port (0: a free one). Throws a UsageError if the address cannot be listened on. */
  async listen(host: string, port: number): Promise<number> {
    this.#server.listen(port, host, backlog);
    try {
      await once(this.#server, 'listening');
    } catch (error) {
      throw new UsageError(
        `Cannot listen on ${host}:${port} (${(error as Error).message}): choose another --host or --port`,
      );
    }
    // A failed accept (too many open files, for example) must not stop the server.
    this.#server.on('error', () => undefined);
    return (this.#server.address() as AddressInfo).port;
  }

  /** Accepts no new connections, waits at most `graceMs` for responses in progress, and frees the port. */
  async close(graceMs: number): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const connection of this.#connections) connection.close();
    const limit = setTimeout(() => {
      for (const connection of this.#connections) connection.destroy();
    }, graceMs);
    await closed;
    clearTimeout(limit);
  }
}
