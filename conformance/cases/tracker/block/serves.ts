import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LaunchedServer } from '../../../stage/server-under-test.ts';
import { CannotJudge } from '../../../violation.ts';
import { expectSuccess } from '../../../wire/expect.ts';
import { trackerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';

/** Deletes each file in the folder that has this content. @returns how many */
async function deleteCopies(folder: string, content: Buffer): Promise<number> {
  let deleted = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !(await readFile(path)).equals(content)) continue;
    await rm(path);
    deleted += 1;
  }
  return deleted;
}

export const servesWithoutFileCases = [
  trackerCase(
    'tracker.block.serves/file-deleted',
    'The tracker has started, and somebody deletes the file: the tracker serves every block all the same.',
    async (tracker) => {
      const { server, file } = tracker;
      if (!(server instanceof LaunchedServer) || (await deleteCopies(server.workspace, file)) === 0)
        throw new CannotJudge('the file of the tracker was not found');
      for (let index = 0; index < tracker.blocks; index += 1)
        expectSuccess(await tracker.requestBlock(index), `success for block ${index} after the file was deleted`);
    },
    { needs: [keyCases.serves.tracker] },
  ),
];
