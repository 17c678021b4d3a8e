import type { Address } from '../../launch/ports/address.ts';
import { memberValue, type Member } from './member-scanner.ts';

export interface PeersListener {
  /** The address to write instead of a listed peer's own; `undefined` leaves the entry unchanged. */
  detour(port: number): Promise<Address | undefined>;
  /** The list or an entry of it passes unchanged, because it has no readable port. */
  onUnread(): void;
}

/**
 * Replaces the addresses in the `peers` list of a tracker's response. Bytes outside the list stay unchanged, and so do
 * entries that are not objects with a port.
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
