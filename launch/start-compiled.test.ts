import { appendFile, copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import pLimit from 'p-limit';
import { loadImplementation } from './manifest/load-implementation.ts';
import { Session } from './session.ts';
import { temporaryFolder, writeFiles } from './test-support/files.ts';

const starts = 200;
const sideBySide = 8;

describe('Session, with a compiled program', () => {
  const folder = temporaryFolder();

  it(`starts a binary of 4 MiB ${starts} times, ${sideBySide} at once, each from a copy of its own`, async function () {
    this.timeout(120_000);
    await writeFiles(folder.path, {
      'minibit.json': { name: 'compiled', tracker: { command: ['./program', '1000'] } },
    });
    const program = join(folder.path, 'program');
    await copyFile('/bin/sleep', program);
    // Larger, so that its copy takes a while.
    await appendFile(program, Buffer.alloc(4 * 2 ** 20));
    const implementation = await loadImplementation(folder.path);
    const session = await Session.open();
    const limit = pLimit(sideBySide);
    const start = async (): Promise<void> => {
      const started = await session.launch(implementation, 'tracker', { blocks: 1 });
      expect(started.exit).to.equal(undefined);
      await started.stop();
    };
    try {
      await Promise.all(Array.from({ length: starts }, () => limit(start)));
    } finally {
      await session.close();
    }
  });
});
