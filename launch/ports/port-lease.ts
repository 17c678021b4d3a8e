import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import type { ListenOptions, Server } from 'node:net';
import { machinePortRange } from './port-range.ts';
import type { PortRange } from './port-range.ts';
import { usedPorts } from './tcp-table.ts';

/** A port that belongs to this process until it is released or the process ends. */
export interface PortLease {
  readonly port: number;
  release(): void;
}

/** How long a reading of the used ports is reused: a socket stays in TIME_WAIT for a minute. */
const usedPortsAgeMs = { min: 5_000, max: 30_000 };
/** A reading takes half a second where the machine has many thousands of connections: at most this part of the time is spent on it. */
const shareOfTime = 0.01;

/** The ports of a range. A released port is leased again only after all others. */
export class PortPool {
  readonly #range: PortRange;
  readonly #size: number;
  readonly #offset: number;
  readonly #held = new Set<number>();
  #tried = 0;
  #used: ReadonlySet<number> = new Set();
  #usedUntilMs = -Infinity;

  constructor(range: PortRange) {
    this.#range = range;
    this.#size = range.last - range.first + 1;
    this.#offset = randomInt(this.#size);
  }

  /**
   * Leases a free TCP port. On Linux it is locked against other harness processes; elsewhere only the random start keeps
   * them apart.
   */
  async lease(): Promise<PortLease> {
    for (let count = 0; count < this.#size; count++) {
      const port = this.#range.first + ((this.#offset + this.#tried++) % this.#size);
      if (this.#held.has(port)) continue;
      const lock = await lockPort(port);
      if (lock && !this.#isUsed(port) && (await canBeBound(port))) return this.#hold(port, lock);
      lock?.close();
    }
    const { first, last } = this.#range;
    throw new Error(`All ports from ${first} to ${last} are in use.`);
  }

  #hold(port: number, lock: Server): PortLease {
    this.#held.add(port);
    const release = (): void => {
      lock.close();
      this.#held.delete(port);
    };
    return { port, release };
  }

  #isUsed(port: number): boolean {
    const startMs = performance.now();
    if (startMs > this.#usedUntilMs) {
      this.#used = usedPorts();
      const endMs = performance.now();
      const ageMs = (endMs - startMs) / shareOfTime;
      this.#usedUntilMs = endMs + Math.min(Math.max(ageMs, usedPortsAgeMs.min), usedPortsAgeMs.max);
    }
    return this.#used.has(port);
  }
}

/** The ports of this process. */
export const ports = new PortPool(machinePortRange());

/**
 * Locks a port by an abstract socket named after it, which only one process can hold and which vanishes with the process.
 * The name is padded to its full length because only some versions of Node do so.
 */
async function lockPort(port: number): Promise<Server | undefined> {
  const lock = createServer().unref();
  if (process.platform !== 'linux') return lock;
  return (await listens(lock, { path: `\0minibit-port-${port}`.padEnd(108, '\0') })) ? lock : undefined;
}

/** Whether no socket listens on the port, and none keeps others from binding it. */
export async function canBeBound(port: number): Promise<boolean> {
  for (const host of [undefined, '127.0.0.1']) {
    const server = createServer();
    if (!(await listens(server, { port, exclusive: true, ...(host !== undefined && { host }) }))) return false;
    await new Promise((resolve) => server.close(resolve));
  }
  return true;
}

function listens(server: Server, options: ListenOptions): Promise<boolean> {
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(options, () => resolve(true));
  });
}
