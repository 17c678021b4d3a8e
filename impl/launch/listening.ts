import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

const connectTimeoutMs = 250;
/** Reading the table costs the kernel about 3 ms, so it is not read more often than this. */
const pollPauseMs = 8;

/**
 * Whether something listens on a TCP port of this machine. On Linux the kernel's table tells, so that the program sees
 * no stray connection; elsewhere a connection is made.
 */
export async function isListening(port: number): Promise<boolean> {
  return process.platform === 'linux' ? (await listeningPorts()).has(port) : accepts(port);
}

/** Waits until `done` holds, asking every few milliseconds, at most `deadlineMs`; tells whether it came to hold. */
export async function poll(done: () => Promise<boolean>, deadlineMs: number): Promise<boolean> {
  const end = performance.now() + deadlineMs;
  while (!(await done())) {
    if (performance.now() >= end) return false;
    await wait(pollPauseMs);
  }
  return true;
}

// Everybody who asks while the table is being read shares that reading.
let reading: Promise<Set<number>> | undefined;

function listeningPorts(): Promise<Set<number>> {
  reading ??= readTables().finally(() => (reading = undefined));
  return reading;
}

async function readTables(): Promise<Set<number>> {
  const tables = ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readFile(path, 'latin1').catch(() => ''));
  return new Set((await Promise.all(tables)).flatMap(portsIn));
}

/** The ports in state LISTEN (0A) of a table like /proc/net/tcp. */
export function portsIn(table: string): number[] {
  const listening = /^ *\d+: [0-9A-F]+:([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} 0A /gm;
  return Array.from(table.matchAll(listening), ([, port]) => Number.parseInt(port ?? '', 16));
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: connectTimeoutMs });
    const answer = (yes: boolean) => {
      socket.destroy();
      resolve(yes);
    };
    socket.once('connect', () => answer(true));
    socket.once('timeout', () => answer(false));
    socket.once('error', () => answer(false));
  });
}
