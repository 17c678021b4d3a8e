import { memberValue, type Member } from './message-skimmer.ts';

/** Where a listed peer shall be reached instead: `undefined` leaves the entry as it is. */
export type Detour = (port: number) => Promise<{ host: string; port: number } | undefined>;

/**
 * Puts other addresses into the `peers` list of a tracker's response. Every byte outside the list stays as it came, and
 * so do entries that are not objects with a port.
 */
export async function rewritePeers(message: Buffer, peers: Member | undefined, detour: Detour): Promise<Buffer> {
  if (!peers) return message;
  const list = memberValue(message, peers);
  if (!Array.isArray(list)) return message;
  const entries = await Promise.all(list.map((entry: unknown) => rewriteEntry(entry, detour)));
  return Buffer.concat([
    message.subarray(0, peers.start),
    Buffer.from(JSON.stringify(entries)),
    message.subarray(peers.end),
  ]);
}

async function rewriteEntry(entry: unknown, detour: Detour): Promise<unknown> {
  if (typeof entry !== 'object' || entry === null || !('port' in entry)) return entry;
  if (typeof entry.port !== 'number') return entry;
  const address = await detour(entry.port);
  return address ? { ...entry, ip: address.host, port: address.port } : entry;
}
