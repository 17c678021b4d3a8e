import { closeSync, openSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { temporaryFolder, writeFiles } from '../test-support/files.ts';
import { spawnProgram } from './spawn-program.ts';

describe('spawnProgram', () => {
  const folder = temporaryFolder();

  it('starts a file that is open for writing as soon as it is closed', async () => {
    await writeFiles(folder.path, { program: '#!/bin/sh\nexit 7\n' });
    const file = join(folder.path, 'program');
    await chmod(file, 0o755);
    const descriptor = openSync(file, 'r+');
    const started = spawnProgram({
      command: [file],
      env: {},
      cookie: 'test/1',
      workspace: folder.path,
      folder: folder.path,
    });
    closeSync(descriptor);
    const { exited, stdout, stderr } = await started;
    expect((await exited).code).to.equal(7);
    stdout.close();
    stderr.close();
  });
});
