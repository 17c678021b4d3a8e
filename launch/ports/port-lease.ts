import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import type { ListenOptions, Server } from 'node:net';
import { machinePortRange } from './port-range.ts';
import type { PortRange } from './port-range.ts';
import { usedPorts } from './tcp-table.ts';

/** A port that is this process's until it is released or the process ends. */
export interface PortLease {
  readonly port: number;
  release(): void;
}

const usedAgeMs = 1_000;

/** The ports of a range. One that was released is given again only after all the others. */
export class PortPool {
  readonly #range: PortRange;
  readonly #size: number;
  readonly #offset: number;
  readonly #held = new Set<number>();
  #looks = 0;
  #used: ReadonlySet<number> = new Set();
  #usedAtMs = -Infinity;

  constructor(range: PortRange) {
    this.#range = range;
    this.#size = range.last - range.first + 1;
    this.#offset = randomInt(this.#size);
  }

  /**
   * Leases a TCP port that is free now, and locked against other harness processes (on Linux; elsewhere only the
   * random start keeps them apart).
   */
  async lease(): Promise<PortLease> {
    for (let looked = 0; looked < this.#size; looked++) {
      const port = this.#range.first + ((this.#offset + this.#looks++) % this.#size);
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

  /** The table is not read for every port anew: a socket that only waits for late packets does so for a minute. */
  #isUsed(port: number): boolean {
    if (performance.now() - this.#usedAtMs > usedAgeMs) {
      this.#used = usedPorts();
      this.#usedAtMs = performance.now();
    }
    return this.#used.has(port);
  }
}

/** The ports of this process. */
export const ports = new PortPool(machinePortRange());

/**
 * An abstract socket with the name of the port: one holder at a time, and it vanishes with its process. The name has
 * its full length, to which only some versions of Node would fill it up.
 */
async function lockPort(port: number): Promise<Server | undefined> {
  const lock = createServer().unref();
  if (process.platform !== 'linux') return lock;
  return (await listens(lock, { path: `\0minibit-port-${port}`.padEnd(108, '\0') })) ? lock : undefined;
}

async function canBeBound(port: number): Promise<boolean> {
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
