import { closeSync, openSync, readSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

const tablePaths = ['/proc/net/tcp', '/proc/net/tcp6'];
const listen = '0A';
/** A reading takes the kernel milliseconds. */
const pauseMs = 25;
/** A few lines: to fill a longer buffer, the kernel would go through all connections, which takes it milliseconds. */
const chunkBytes = 600;

let next: Promise<ReadonlySet<number>> | undefined;
let nextAtMs = 0;

/**
 * Local ports of this machine on which somebody listens, by the kernel's tables; none where there are none (not on Linux).
 * Everybody who asks shortly after a reading shares the next one, so that no answer is older than its question.
 */
export function listeningPorts(): Promise<ReadonlySet<number>> {
  return (next ??= readNext());
}

async function readNext(): Promise<ReadonlySet<number>> {
  await wait(Math.max(0, nextAtMs - performance.now()));
  next = undefined;
  nextAtMs = performance.now() + pauseMs;
  // Listening sockets stand first there: the thousands of connections that ended a moment ago are not read.
  return readPorts(({ state }) => state === listen);
}

/**
 * Local ports of this machine with any socket at all: also one that only waits for late packets keeps some programs from
 * binding the port.
 */
export function usedPorts(): ReadonlySet<number> {
  return readPorts(() => true);
}

/**
 * Whether anybody is connected to a local port, or was a moment ago: one end waits for late packets for a minute. False where
 * there is no table.
 */
export function hasConnection(port: number): boolean {
  for (const path of tablePaths)
    for (const entry of readTable(path, () => true))
      if (entry.state !== listen && (entry.port === port || entry.remotePort === port)) return true;
  return false;
}

function readPorts(goesOn: (entry: Entry) => boolean): ReadonlySet<number> {
  return new Set(tablePaths.flatMap((path) => [...readTable(path, goesOn)]).map(({ port }) => port));
}

interface Entry {
  readonly port: number;
  readonly remotePort: number;
  readonly state: string;
}

function* readTable(path: string, goesOn: (entry: Entry) => boolean): Generator<Entry> {
  for (const line of readLines(path)) {
    const entry = parseEntry(line);
    if (entry === undefined) continue;
    if (!goesOn(entry)) return;
    yield entry;
  }
}

// Its number, the local address, the remote address, and the state.
const format = /^ *\d+: [0-9A-F]+:([0-9A-F]{4}) [0-9A-F]+:([0-9A-F]{4}) ([0-9A-F]{2}) /;

/** Reads a line of such a table; undefined if it is none of a socket. */
export function parseEntry(line: string): Entry | undefined {
  const [, port, remotePort, state] = format.exec(line) ?? [];
  if (port === undefined || remotePort === undefined || state === undefined) return undefined;
  return { port: Number.parseInt(port, 16), remotePort: Number.parseInt(remotePort, 16), state };
}

/** The lines of a file of the kernel's, read only as far as they are taken. */
function* readLines(path: string): Generator<string> {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return;
  }
  try {
    const chunk = Buffer.alloc(chunkBytes);
    for (let text = '', length: number; (length = readSync(file, chunk)) > 0;) {
      const lines = (text + chunk.toString('latin1', 0, length)).split('\n');
      text = lines.pop() ?? '';
      yield* lines;
    }
  } finally {
    closeSync(file);
  }
}
