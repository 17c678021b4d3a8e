import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { Transform } from 'node:stream';
import { Dialogue, type Listener } from './dialogue.ts';
import type { Tap } from './tap.ts';

export interface Address {
  readonly host: string;
  readonly port: number;
}

/**
 * A port of the relay's own behind which one server stands. Each connection to it becomes one connection to that server,
 * with bytes, half-closes and resets handed on as they come.
 */
export class Front {
  readonly #server: Server;
  readonly #behind: Address;
  readonly #listen: () => Listener;
  readonly #sockets = new Set<Socket>();
  #address: Address = { host: '', port: 0 };

  private constructor(behind: Address, listen: () => Listener) {
    this.#behind = behind;
    this.#listen = listen;
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.#accept(client));
  }

  /** @param listen makes the listener of one connection */
  static async open(behind: Address, listen: () => Listener): Promise<Front> {
    const front = new Front(behind, listen);
    front.#server.listen({ host: '127.0.0.1', port: 0, backlog: 511 });
    await once(front.#server, 'listening');
    const { address, port } = front.#server.address() as AddressInfo;
    front.#address = { host: address, port };
    return front;
  }

  get address(): Address {
    return this.#address;
  }

  /** Refuses new connections from now on, as the port of a program that has ended does. */
  refuse(): void {
    this.#server.close();
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #accept(client: Socket): void {
    const server = connect({ ...this.#behind, allowHalfOpen: true, noDelay: true });
    const listener = this.#listen();
    const { tap } = listener;
    server.on('error', ({ code }: NodeJS.ErrnoException) =>
      tap?.serverEnded(code === 'ECONNREFUSED' ? 'refused' : 'reset'),
    );
    client.on('error', () => tap?.clientEnded('reset'));
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      socket.on('error', () => other.resetAndDestroy());
    }
    // Only now: what is said to a server that cannot be reached was never said.
    server.once('connect', () => {
      listener.onConnected();
      const dialogue = new Dialogue(listener);
      client.pipe(readRequests(dialogue, tap)).pipe(server);
      server.pipe(readResponses(dialogue, tap)).pipe(client);
    });
  }
}

function readRequests(dialogue: Dialogue, tap: Tap | undefined): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      tap?.request(chunk);
      dialogue.request(chunk);
      done(null, chunk);
    },
    flush(done) {
      tap?.clientEnded('closed');
      done();
    },
  });
}

function readResponses(dialogue: Dialogue, tap: Tap | undefined): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      tap?.response(chunk);
      dialogue.response(chunk).then(
        (bytes) => done(null, bytes),
        (error: unknown) => done(error as Error),
      );
    },
    flush(done) {
      tap?.serverEnded('closed');
      done(null, dialogue.flush());
    },
  });
}
