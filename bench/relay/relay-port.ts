import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import type { Address } from '../../launch/ports/address.ts';
import { ConnectionReader, type ConnectionListener } from './connection-reader.ts';
import type { LinkShape } from './line-schedule.ts';
import { openLine, type Line } from './line.ts';
import { Pump } from './pump.ts';

/** About what a kernel buffers of a connection. */
const unshapedLimitBytes = 256 * 1024;
const shapedLimitBytes = 16 * 1024 * 1024;

/**
 * A port of the relay in front of one server. Each connection to it becomes one connection to that server. Bytes,
 * half-closes and resets are forwarded in order, delayed by the shape of the edge.
 */
export class RelayPort {
  readonly #acceptor: Server;
  readonly #target: Address;
  readonly #newListener: () => ConnectionListener;
  readonly #latencyMs: number;
  readonly #limitBytes: number;
  readonly #toServer: Line;
  readonly #toClient: Line;
  readonly #sockets = new Set<Socket>();
  #address: Address = { host: '', port: 0 };

  private constructor(server: Address, newListener: () => ConnectionListener, shape: LinkShape) {
    this.#target = server;
    this.#newListener = newListener;
    this.#latencyMs = shape.latencyMs ?? 0;
    this.#limitBytes = limitBytes(shape);
    this.#toServer = openLine(shape);
    this.#toClient = openLine(shape);
    this.#acceptor = createServer({ allowHalfOpen: true, noDelay: true }, (client) => this.#accept(client));
  }

  /** @param newListener makes the listener of one connection */
  static async open(server: Address, newListener: () => ConnectionListener, shape: LinkShape = {}): Promise<RelayPort> {
    const relayPort = new RelayPort(server, newListener, shape);
    relayPort.#acceptor.listen({ host: '127.0.0.1', port: 0, backlog: 511 });
    await once(relayPort.#acceptor, 'listening');
    const { address, port } = relayPort.#acceptor.address() as AddressInfo;
    relayPort.#address = { host: address, port };
    return relayPort;
  }

  get address(): Address {
    return this.#address;
  }

  /** Refuses new connections from now on, like the port of an ended program. */
  refuse(): void {
    this.#acceptor.close();
  }

  close(): void {
    this.#acceptor.close();
    for (const socket of this.#sockets) socket.destroy();
    for (const line of [this.#toServer, this.#toClient]) line.close();
  }

  #accept(client: Socket): void {
    this.#keep(client);
    // The kernel has connected the client at once: this adds the round trip that connecting takes.
    if (this.#latencyMs === 0) this.#connect(client);
    else setTimeout(() => this.#connect(client), 2 * this.#latencyMs).unref();
  }

  #connect(client: Socket): void {
    if (client.destroyed) return;
    const server = this.#keep(connect({ ...this.#target, allowHalfOpen: true, noDelay: true }));
    const listener = this.#newListener();
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
    // Only now, since nothing that is sent to an unreachable server counts.
    server.once('connect', () => {
      server.off('error', breakBoth);
      client.off('error', breakBoth);
      if (client.destroyed) return;
      listener.onConnected();
      this.#join(client, server, listener);
    });
  }

  #join(client: Socket, server: Socket, listener: ConnectionListener): void {
    const reader = new ConnectionReader(listener);
    const { tap } = listener;
    new Pump(client, server, this.#toServer, this.#limitBytes, {
      onSent: (chunk) => {
        tap?.request(chunk);
        reader.request(chunk);
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
        return reader.response(chunk);
      },
      onEnd: () => {
        tap?.serverEnded('closed');
        return reader.flush();
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

/** How much of a connection may be in transit in one direction: at least what fills the line, else it would run dry. */
function limitBytes({ latencyMs = 0, bytesPerSecond = 0 }: LinkShape): number {
  if (bytesPerSecond === 0) return latencyMs === 0 ? unshapedLimitBytes : shapedLimitBytes;
  const fullLineBytes = (bytesPerSecond * (latencyMs + 50)) / 1000;
  return Math.min(unshapedLimitBytes + fullLineBytes, shapedLimitBytes);
}
