import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { Dialogue, type Listener } from './connection-reader.ts';
import type { LinkShape } from './line-schedule.ts';
import { openLine, type Line } from './line.ts';
import { Pump } from './pump.ts';

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Enough for a kernel's worth of reading ahead. */
const unshapedLimitBytes = 256 * 1024;
const shapedLimitBytes = 16 * 1024 * 1024;

/**
 * A port of the relay's own behind which one server stands. Each connection to it becomes one connection to that server,
 * with bytes, half-closes and resets handed on in order, as late as the shape of the edge wants.
 */
export class Front {
  readonly #server: Server;
  readonly #behind: Address;
  readonly #listen: () => Listener;
  readonly #latencyMs: number;
  readonly #limitBytes: number;
  readonly #toServer: Line;
  readonly #toClient: Line;
  readonly #sockets = new Set<Socket>();
  #address: Address = { host: '', port: 0 };

  private constructor(behind: Address, listen: () => Listener, shape: LinkShape) {
    this.#behind = behind;
    this.#listen = listen;
    this.#latencyMs = shape.latencyMs ?? 0;
    this.#limitBytes = limitBytes(shape);
    this.#toServer = openLine(shape);
    this.#toClient = openLine(shape);
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.#accept(client));
  }

  /** @param listen makes the listener of one connection */
  static async open(behind: Address, listen: () => Listener, shape: LinkShape = {}): Promise<Front> {
    const front = new Front(behind, listen, shape);
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
    for (const line of [this.#toServer, this.#toClient]) line.close();
  }

  #accept(client: Socket): void {
    this.#keep(client);
    // The kernel has connected the client at once: the way there and back that this takes is made up for here.
    if (this.#latencyMs === 0) this.#connect(client);
    else setTimeout(() => this.#connect(client), 2 * this.#latencyMs).unref();
  }

  #connect(client: Socket): void {
    if (client.destroyed) return;
    const server = this.#keep(connect({ ...this.#behind, allowHalfOpen: true, noDelay: true }));
    const listener = this.#listen();
    const { tap } = listener;
    server.on('error', ({ code }: NodeJS.ErrnoException) =>
      tap?.serverEnded(code === 'ECONNREFUSED' ? 'refused' : 'reset'),
    );
    client.on('error', () => tap?.clientEnded('reset'));
    const breakBoth = (): void => {
      for (const socket of [client, server]) socket.resetAndDestroy();
    };
    server.on('error', breakBoth);
    client.on('error', breakBoth);
    // Only now: what is said to a server that cannot be reached was never said.
    server.once('connect', () => {
      server.off('error', breakBoth);
      client.off('error', breakBoth);
      if (client.destroyed) return;
      listener.onConnected();
      this.#join(client, server, listener);
    });
  }

  #join(client: Socket, server: Socket, listener: Listener): void {
    const dialogue = new Dialogue(listener);
    const { tap } = listener;
    new Pump(client, server, this.#toServer, this.#limitBytes, {
      onSent: (chunk) => {
        tap?.request(chunk);
        dialogue.request(chunk);
      },
      onArrived: (chunk) => chunk,
      onEnd: () => {
        tap?.clientEnded('closed');
        return Buffer.alloc(0);
      },
    });
    new Pump(server, client, this.#toClient, this.#limitBytes, {
      onArrived: (chunk) => {
        tap?.response(chunk);
        return dialogue.response(chunk);
      },
      onEnd: () => {
        tap?.serverEnded('closed');
        return dialogue.flush();
      },
    });
  }

  #keep(socket: Socket): Socket {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    socket.on('error', () => undefined);
    return socket;
  }
}

/** What a connection may have under way in one direction: at least what fills the line, else it would run dry. */
function limitBytes({ latencyMs = 0, bytesPerSecond = 0 }: LinkShape): number {
  if (bytesPerSecond === 0) return latencyMs === 0 ? unshapedLimitBytes : shapedLimitBytes;
  const fullLineBytes = (bytesPerSecond * (latencyMs + 50)) / 1000;
  return Math.min(unshapedLimitBytes + fullLineBytes, shapedLimitBytes);
}
