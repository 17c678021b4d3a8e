import { expect } from 'chai';
import { execa } from 'execa';
import { join } from 'node:path';
import { packageRoot } from '../../launch/package-root.ts';
import { temporaryFolder, writeFiles } from '../../launch/test-support/files.ts';

describe('conformanceSuite', () => {
  const folder = temporaryFolder();

  it('fails if no selected case applies, and says why', async () => {
    await writeFiles(folder.path, {
      'minibit.json': { name: 'tracker alone', tracker: { command: ['true'] } },
      'suite.test.mjs': `
        import { conformanceSuite } from ${JSON.stringify(join(packageRoot, 'dist/mocha.js'))};
        describe('x', await conformanceSuite(${JSON.stringify(folder.path)}, { cases: ['peer.announces'] }));`,
    });
    const mocha = join(packageRoot, 'node_modules/mocha/bin/mocha.js');
    const run = await execa('node', [mocha, '--no-config', 'suite.test.mjs'], { cwd: folder.path, reject: false });
    expect(run.stdout).to.contain('None of the selected cases applies to tracker alone: the manifest has no peer.');
    expect(run.exitCode).to.equal(1);
  });
});
