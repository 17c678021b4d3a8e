import { readFile } from 'node:fs/promises';

/** Local ports of the TCP sockets of this machine. */
export interface TcpPorts {
  readonly listening: ReadonlySet<number>;
  /** With any socket at all: also one that only waits for late packets keeps some programs from binding the port. */
  readonly used: ReadonlySet<number>;
}

// Reading costs the kernel about 3 ms: everybody who asks during one reading shares the next one, so that no answer is
// older than its question.
let reading: Promise<TcpPorts> | undefined;
let next: Promise<TcpPorts> | undefined;

/** Reads the kernel's tables; where there are none (not on Linux), nothing is in use as far as they tell. */
export function tcpPorts(): Promise<TcpPorts> {
  if (reading === undefined) return (reading = readTables().finally(() => (reading = undefined)));
  return (next ??= reading.then(async () => {
    next = undefined;
    return tcpPorts();
  }));
}

async function readTables(): Promise<TcpPorts> {
  const tables = ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readFile(path, 'latin1').catch(() => ''));
  return parseTcpTable((await Promise.all(tables)).join('\n'));
}

// The local address, the remote address, and the state, 0A = LISTEN.
const entry = /^ *\d+: [0-9A-F]+:([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} ([0-9A-F]{2}) /gm;

/** Reads text like that of /proc/net/tcp. */
export function parseTcpTable(table: string): TcpPorts {
  const listening = new Set<number>();
  const used = new Set<number>();
  for (const [, hexPort = '', state] of table.matchAll(entry)) {
    const port = Number.parseInt(hexPort, 16);
    used.add(port);
    if (state === '0A') listening.add(port);
  }
  return { listening, used };
}
