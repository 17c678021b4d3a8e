import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { metadata } from '../../../manner/registration-offers.ts';
import type { PeerSetup, PeerStage } from '../../../stage/peer-stage.ts';
import { readOutput } from '../../../stage/completion/output.ts';
import { sampleBlocks } from '../../../stage/sample-blocks.ts';
import { Violation } from '../../../violation.ts';
import { field, type JsonObject } from '../../../wire/message.ts';
import { peerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { noOtherPeer } from '../../swarms.ts';

/** A name that no other program uses. */
const uniqueName = (): string => `minibit-${randomUUID()}.txt`;

const names: readonly { name: string; what: string; fileName: () => string }[] = [
  { name: 'up', what: 'leads to the folder above', fileName: () => `../${uniqueName()}` },
  { name: 'absolute', what: 'is an absolute path', fileName: () => join(tmpdir(), uniqueName()) },
  { name: 'nul', what: 'has a NUL', fileName: () => `../a\u0000${uniqueName()}` },
  { name: 'missing-folder', what: 'names a folder that does not exist', fileName: () => `a/b/${uniqueName()}` },
];

function sharedAs(fileName: string): PeerSetup {
  const swarm = noOtherPeer(sampleBlocks(3));
  const registerExtras = { ...metadata(swarm.blocks), file_name: fileName };
  return { ...swarm, tracker: { ...swarm.tracker, registerExtras } };
}

/** Throws a violation if the file stands where its name, read as a path, leads to. */
async function expectNotAtItsName(peer: PeerStage): Promise<void> {
  const name = String(field(peer.tracker.script.registerExtras as JsonObject, 'file_name'));
  if (name.includes('\u0000')) return;
  const { workspace, outputPath = join(workspace, 'output') } = peer.program;
  const folders = new Set([workspace, dirname(outputPath)]);
  for (const path of [...folders].map((folder) => resolve(folder, name)).filter((one) => isOutside(one, folders))) {
    if ((await readOutput(path)) === undefined) continue;
    await rm(path, { force: true });
    throw new Violation('no file outside the folder in which the peer works', `a file ${JSON.stringify(name)}`);
  }
}

const isOutside = (path: string, folders: ReadonlySet<string>): boolean =>
  ![...folders].some((folder) => path.startsWith(`${folder}/`));

export const metadataNameCases = names.map(({ name, what, fileName }) =>
  peerCase(
    `file.metadata.name-is-text/${name}`,
    `The file_name of the registration ${what}: the subject writes the right file, and none elsewhere.`,
    async (peer) => {
      await peer.complete({ file: 'contents' });
      await expectNotAtItsName(peer);
    },
    { setup: () => sharedAs(fileName()), needs: [keyCases.writesContents] },
  ),
);
