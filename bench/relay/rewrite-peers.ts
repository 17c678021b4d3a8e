import { memberValue, type Member } from './message-scanner.ts';

export interface PeersListener {
  /** Where a listed peer shall be reached instead: `undefined` leaves the entry as it is. */
  detour(port: number): Promise<{ host: string; port: number } | undefined>;
  /** The list, or an entry of it, passes as it is, because no port could be found in it. */
  onUnread(): void;
}

/**
 * Puts other addresses into the `peers` list of a tracker's response. Every byte outside the list stays as it came, and
 * so do entries that are not objects with a port.
 */
export async function rewritePeers(
  message: Buffer,
  peers: Member | undefined,
  listener: PeersListener,
): Promise<Buffer> {
  if (!peers) return message;
  const list = memberValue(message, peers);
  if (!Array.isArray(list)) {
    if (list !== null) listener.onUnread();
    return message;
  }
  const entries = await Promise.all(list.map((entry: unknown) => rewriteEntry(entry, listener)));
  return Buffer.concat([
    message.subarray(0, peers.start),
    Buffer.from(JSON.stringify(entries)),
    message.subarray(peers.end),
  ]);
}

async function rewriteEntry(entry: unknown, listener: PeersListener): Promise<unknown> {
  if (typeof entry !== 'object' || entry === null || !('port' in entry) || typeof entry.port !== 'number') {
    listener.onUnread();
    return entry;
  }
  const address = await listener.detour(entry.port);
  return address ? { ...entry, ip: address.host, port: address.port } : entry;
}
