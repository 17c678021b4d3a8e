import { join } from 'node:path';
import type { PackMember } from './program-settings.ts';
import { replaceFile } from './workspace.ts';

/** An entry of the JSON list at the path `{pack}`: one of the peers that a process runs. */
interface PackListEntry {
  readonly peer_id: string;
  /** The port to listen on. */
  readonly port: number;
  /** The absolute path for its rebuilt file. */
  readonly output: string;
}

const listFile = 'minibit-pack.json';

/** Writes the list of a pack into its workspace. @returns the path of the list, and of each peer's rebuilt file */
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
