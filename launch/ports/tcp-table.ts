import { closeSync, openSync, readSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

const tablePaths = ['/proc/net/tcp', '/proc/net/tcp6'] as const;
const listen = '0A';
/** Between two readings. */
const pauseMs = 25;
/** A few lines: to fill a longer buffer, the kernel would scan all connections, which takes milliseconds. */
const chunkBytes = 600;

/** A reading takes milliseconds where the machine has thousands of connections: at most this part of the time is spent on it. */
const shareOfTime = 0.1;

/** The listening sockets of one table. Calls shortly after a reading share the next one, so that none is older than its call. */
class ListeningPorts {
  readonly #path: string;
  #next: Promise<ReadonlySet<number>> | undefined;
  #nextAtMs = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** The local ports; empty where there is no table (not on Linux). */
  read(): Promise<ReadonlySet<number>> {
    return (this.#next ??= this.#readNext());
  }

  async #readNext(): Promise<ReadonlySet<number>> {
    await wait(Math.max(0, this.#nextAtMs - performance.now()));
    this.#next = undefined;
    const startMs = performance.now();
    // Listening sockets come first: reading ends before the thousands of connections in TIME_WAIT.
    const ports = portsOf([this.#path], ({ state }) => state === listen);
    const endMs = performance.now();
    this.#nextAtMs = endMs + Math.max(pauseMs, (endMs - startMs) / shareOfTime);
    return ports;
  }
}

const [table, table6] = [new ListeningPorts(tablePaths[0]), new ListeningPorts(tablePaths[1])];

/**
 * Whether a socket listens on a local port. The table for IPv6, which the kernel searches to its end, is read less often;
 * meanwhile the other one is read again.
 */
export async function isListed(port: number): Promise<boolean> {
  let listed6: boolean | undefined;
  const reading6 = table6.read().then((ports) => (listed6 = ports.has(port)));
  do if ((await table.read()).has(port)) return true;
  while (listed6 === undefined);
  return reading6;
}

/**
 * The local ports with a socket in any state: even a socket in TIME_WAIT keeps some programs from binding the port.
 */
export function usedPorts(): ReadonlySet<number> {
  return portsOf(tablePaths, () => true);
}

/**
 * Whether a local port has a connection, or had one in the last minute (TIME_WAIT). False where there is no table.
 */
export function hasConnection(port: number): boolean {
  for (const path of tablePaths)
    for (const entry of readTable(path, () => true))
      if (entry.state !== listen && (entry.port === port || entry.remotePort === port)) return true;
  return false;
}

function portsOf(paths: readonly string[], continues: (entry: Entry) => boolean): ReadonlySet<number> {
  return new Set(paths.flatMap((path) => [...readTable(path, continues)]).map(({ port }) => port));
}

interface Entry {
  readonly port: number;
  readonly remotePort: number;
  readonly state: string;
}

function* readTable(path: string, continues: (entry: Entry) => boolean): Generator<Entry> {
  for (const line of readLines(path)) {
    const entry = parseEntry(line);
    if (entry === undefined) continue;
    if (!continues(entry)) return;
    yield entry;
  }
}

// The line's number, the local address, the remote address, and the state.
const format = /^ *\d+: [0-9A-F]+:([0-9A-F]{4}) [0-9A-F]+:([0-9A-F]{4}) ([0-9A-F]{2}) /;

/** Parses a line of the table; undefined if it does not describe a socket. */
export function parseEntry(line: string): Entry | undefined {
  const [, port, remotePort, state] = format.exec(line) ?? [];
  if (port === undefined || remotePort === undefined || state === undefined) return undefined;
  return { port: Number.parseInt(port, 16), remotePort: Number.parseInt(remotePort, 16), state };
}

/** The lines of a kernel file, read lazily. */
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
