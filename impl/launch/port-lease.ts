import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import type { ListenOptions, Server } from 'node:net';
import { machinePortRange } from './port-range.ts';

/** A port that is this process's until it is released or the process ends. */
export interface PortLease {
  readonly port: number;
  release(): void;
}

const range = machinePortRange();
const size = range.last - range.first + 1;
const offset = randomInt(size);
let taken = 0;

/**
 * Leases a TCP port: free now, outside the ephemeral range, never given before by this process, and locked against
 * other harness processes (on Linux; elsewhere a random start keeps them apart).
 */
export async function leasePort(): Promise<PortLease> {
  while (taken < size) {
    const port = range.first + ((offset + taken++) % size);
    const lock = await lockPort(port);
    if (lock && (await isFree(port))) return { port, release: () => void lock.close() };
    lock?.close();
  }
  throw new Error(`All ports from ${range.first} to ${range.last} have been used by this process: start a new one.`);
}

/** An abstract socket with the name of the port: one holder at a time, and it vanishes with its process. */
async function lockPort(port: number): Promise<Server | undefined> {
  const lock = createServer();
  if (process.platform !== 'linux') return lock;
  lock.unref();
  return (await listens(lock, { path: `\0minibit-port-${port}` })) ? lock : undefined;
}

async function isFree(port: number): Promise<boolean> {
  for (const host of [undefined, '127.0.0.1']) {
    const server = createServer();
    const free = await listens(server, { port, exclusive: true, ...(host !== undefined && { host }) });
    if (!free) return false;
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
