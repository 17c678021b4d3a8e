import { join } from 'node:path';
import type { PackMember } from './program-settings.ts';
import { replaceFile } from './workspace.ts';

/** One of the peers that a process plays: an entry of the JSON list that `{pack}` names. */
interface PackListEntry {
  readonly peer_id: string;
  /** Where it is to listen. */
  readonly port: number;
  /** Where it leaves the rebuilt file: an absolute path. */
  readonly output: string;
}

const listFile = 'minibit-pack.json';

/** Writes the list of a pack into its workspace. @returns the path of the list, and that of each peer's file */
export async function writePackList(
  workspace: string,
  peers: readonly PackMember[],
): Promise<{ path: string; outputPaths: string[] }> {
  const path = join(workspace, listFile);
  const outputPaths = peers.map((_peer, number) => join(workspace, `minibit-output-${number}`));
  const list = peers.map(({ peerId, port }, number): PackListEntry => ({
    peer_id: peerId,
    port,
    output: outputPaths[number] ?? '',
  }));
  await replaceFile(path, Buffer.from(JSON.stringify(list)));
  return { path, outputPaths };
}
