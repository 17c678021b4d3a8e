import { readFile } from 'node:fs/promises';
import { UsageError } from '../usage-error.ts';

/** A peer of a pack. */
export interface PlannedPeer {
  readonly peerId: string;
  readonly port: number;
  readonly output: string;
}

/** Reads the JSON list of a pack. Throws a UsageError that names the invalid entry. */
export async function readPack(path: string): Promise<PlannedPeer[]> {
  const list = await readList(path);
  if (!Array.isArray(list) || list.length === 0) throw new UsageError(`${path}: It must be a list of peers.`);
  return list.map((entry: unknown, number) => {
    const { peer_id: peerId, port, output } = (entry ?? {}) as Readonly<Record<string, unknown>>;
    const isPort = Number.isInteger(port) && (port as number) >= 0 && (port as number) <= 65535;
    if (typeof peerId === 'string' && peerId !== '' && typeof output === 'string' && isPort) {
      return { peerId, port: port as number, output };
    }
    throw new UsageError(`${path}, entry ${number}: It must have a peer_id, a port from 0 to 65535, and an output.`);
  });
}

async function readList(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`${path} cannot be read as JSON: ${(error as Error).message}`);
  }
}
