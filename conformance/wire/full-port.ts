import { connect, type Socket } from 'node:net';
import { Worker } from 'node:worker_threads';
import { fullPortIsSilentForMs } from '../time-limits.ts';
import { Inapplicable } from '../violation.ts';

/** Listens and then stops for ever, so that nobody accepts. */
const listener = `
  const { createServer } = require('node:net');
  const { parentPort } = require('node:worker_threads');
  const server = createServer().listen({ host: '127.0.0.1', port: 0, backlog: 1 }, () => {
    parentPort.postMessage(server.address().port);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
`;

/** More than a system keeps waiting for a listener with a short queue. */
const mostConnections = 10;

/** A port whose queue of connections is full, so that a further one is neither accepted nor refused. */
export class FullPort {
  readonly port: number;
  readonly #worker: Worker;
  readonly #sockets: readonly Socket[];

  private constructor(port: number, worker: Worker, sockets: readonly Socket[]) {
    this.port = port;
    this.#worker = worker;
    this.#sockets = sockets;
  }

  /** @throws Inapplicable if this machine accepts any number of connections by itself */
  static async open(): Promise<FullPort> {
    const worker = new Worker(listener, { eval: true });
    const port = await new Promise<number>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    const sockets: Socket[] = [];
    const full = new FullPort(port, worker, sockets);
    while (sockets.length < mostConnections) {
      const socket = connect({ host: '127.0.0.1', port });
      sockets.push(socket);
      if (!(await isConnected(socket))) return full;
    }
    await full.close();
    throw new Inapplicable('this machine accepts connections that no program accepts');
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await this.#worker.terminate();
  }
}

function isConnected(socket: Socket): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), fullPortIsSilentForMs);
    socket.once('connect', () => {
      clearTimeout(timer);
      resolve(true);
    });
    socket.on('error', () => undefined);
  });
}
