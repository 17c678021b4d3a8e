import { expect } from 'chai';
import { chmod, mkdir, rename, symlink, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { copyLimits } from './copy-plan.ts';
import { temporaryFolder, writeFiles } from '../test-support/files.ts';
import { rejection } from '../test-support/promises.ts';
import { loadImplementation } from './load-implementation.ts';
import { UsageError } from '../usage-error.ts';

describe('loadImplementation', () => {
  const folder = temporaryFolder();
  const peer = { command: ['sh', 'peer.sh'] };

  /** The error message about a manifest in the folder of peer.sh. */
  async function messageAbout(manifest: unknown): Promise<string> {
    await writeFiles(folder.path, { 'minibit.json': manifest, 'peer.sh': 'N = 100\nM = 100\n' });
    const error = await rejection(loadImplementation(join(folder.path, 'minibit.json')));
    expect(error).to.be.instanceOf(UsageError);
    return (error as Error).message;
  }

  it('accepts the path of a manifest or of its folder', async () => {
    const manifest = { name: 'x', peer };
    await writeFiles(folder.path, { 'minibit.json': manifest, 'peer.sh': '' });
    const path = join(folder.path, 'minibit.json');
    const expected = { path, folder: folder.path, manifest };
    expect(await loadImplementation(path)).to.deep.equal(expected);
    expect(await loadImplementation(folder.path)).to.deep.equal(expected);
  });

  it('loads a manifest that was moved with its files', async () => {
    await writeFiles(folder.path, { 'a/minibit.json': { name: 'x', peer }, 'a/peer.sh': '' });
    await rename(join(folder.path, 'a'), join(folder.path, 'b'));
    expect((await loadImplementation(join(folder.path, 'b'))).folder).to.equal(join(folder.path, 'b'));
  });

  it('names a path without a manifest', async () => {
    for (const path of [folder.path, join(folder.path, 'none.json')]) {
      const error = await rejection(loadImplementation(path));
      expect(error).to.be.instanceOf(UsageError);
      expect((error as Error).message)
        .to.contain(path)
        .and.contain('no such manifest');
    }
  });

  it('says where the JSON is invalid', async () => {
    expect(await messageAbout('{"name": "x",}')).to.contain('minibit.json, line 1, column 14: this is not JSON');
  });

  it('names every invalid field', async () => {
    const message = await messageAbout({ name: 7, peer: { command: ['a', 1] }, env: { A: 1 }, 'tra\u001bcker': {} });
    expect(message).to.contain('minibit.json cannot be used:');
    expect(message).to.match(/^ {2}name must be a string\.$/m);
    expect(message).to.match(/^ {2}peer\.command\[1\] must be a string\.$/m);
    expect(message).to.match(/^ {2}env\.A must be a string\.$/m);
    expect(message).to.match(/^ {2}tra\\u001bcker is an unknown field; known fields: name, .*, env\.$/m);
  });

  it('requires a role', async () => {
    expect(await messageAbout({ name: 'x' })).to.match(/at least one of .*tracker.*peer/);
  });

  const unusable: [what: string, manifest: object, field: string, problem: string][] = [
    [
      'a file to copy that does not exist',
      { workspace: { copy: ['a.py'] } },
      'workspace.copy[0]',
      '"a.py" does not exist',
    ],
    [
      'an interval that no program keeps',
      { timing: { startMs: 1_000_000_000 } },
      'timing.startMs',
      'must be at most 3600000: is it in milliseconds?',
    ],
    ['an unknown placeholder', { peer: { command: ['sh', '{prt}'] } }, 'peer.command[1]', '"{prt}", which is not'],
    ['a placeholder without a value', { tracker: { command: ['sh', '{peer_id}'] } }, 'tracker.command[1]', 'no value'],
    [
      'a placeholder in the field that defines it',
      { peer: { ...peer, output: '{output}' } },
      'peer.output',
      'no value',
    ],
    [
      'a list of a pack in the command of one peer',
      { peer: { command: ['sh', '{pack}'] } },
      'peer.command[1]',
      'no value',
    ],
    [
      'the id of a peer in the command of a pack',
      { peer: { command: ['sh'], pack: ['sh', '{peer_id}'] } },
      'peer.pack[1]',
      'no value',
    ],
    ['an unknown placeholder in a variable', { env: { A: '{a}' } }, 'env.A', '"{a}", which is not a placeholder'],
    [
      'a program that does not exist',
      { peer: { command: ['no-such-program'] } },
      'peer.command[0]',
      'neither on PATH nor',
    ],
    [
      'a path that does not exist',
      { peer: { command: ['./bin/peer'] } },
      'peer.command[0]',
      'not found among the copied',
    ],
    ['a copied file that is not executable', { peer: { command: ['./peer.sh'] } }, 'peer.command[0]', 'chmod +x'],
    [
      'a replacement in a file that is not copied',
      { workspace: { replace: [{ file: 'tracker.sh', find: 'a', with: 'b' }] } },
      'workspace.replace[0].file',
      'is not among the copied files',
    ],
    [
      'a replacement of a text that does not occur',
      { workspace: { replace: [{ file: 'peer.sh', find: 'N = 10\n', with: 'b' }] } },
      'workspace.replace[0].find',
      '0 times, not once: correct the text',
    ],
    [
      'a replacement of a text that occurs too often',
      { workspace: { replace: [{ file: './peer.sh', find: '100', with: 'b' }] } },
      'workspace.replace[0].find',
      '2 times, not once: make the text longer, or set "count": 2',
    ],
    ['an output that is a folder', { peer: { ...peer, output: 'sub' } }, 'peer.output', 'is a copied folder'],
    [
      'a folder to create under a link',
      { workspace: { mkdir: ['out/logs'] } },
      'workspace.mkdir[0]',
      'a symbolic link',
    ],
    [
      'a file to write behind a link',
      { tracker: { command: ['sh'], file: 'out/f' } },
      'tracker.file',
      'a symbolic link',
    ],
  ];
  for (const [what, manifest, field, problem] of unusable) {
    it(`finds ${what}`, async () => {
      await mkdir(join(folder.path, 'sub'));
      await symlink('/', join(folder.path, 'out'));
      const message = await messageAbout({ name: 'x', peer, ...manifest });
      expect(message).to.contain(join(folder.path, 'minibit.json')).and.contain(`\n  ${field} `).and.contain(problem);
    });
  }

  it('finds two entries with the same target', async () => {
    await writeFiles(folder.path, { 'a/minibit.json': { name: 'x', peer, workspace: { copy: ['lib', '../lib'] } } });
    await writeFiles(folder.path, { 'a/lib/x': '', 'lib/x': '' });
    const error = await rejection(loadImplementation(join(folder.path, 'a')));
    expect((error as Error).message)
      .to.contain('workspace.copy[1]')
      .and.contain('both bring "lib/x"');
  });

  it('refuses files too large for a copy per process, excluded files not counted', async () => {
    await writeFiles(folder.path, {
      'minibit.json': { name: 'x', peer: { command: ['sh'] } },
      '.git/a': '',
      'b/c': '',
    });
    await truncate(join(folder.path, '.git/a'), copyLimits.sizeBytes + 1);
    await loadImplementation(folder.path);
    await truncate(join(folder.path, 'b/c'), copyLimits.sizeBytes + 1);
    const error = await rejection(loadImplementation(folder.path));
    expect((error as Error).message).to.contain('workspace.copy brings more than 256 MiB or 20000 files (.git and');
  });

  it('finds programs on PATH, among the copied files, and through copied links', async () => {
    await writeFiles(folder.path, { 'bin/run': '#!/bin/sh\n', run: '#!/bin/sh\n' });
    await chmod(join(folder.path, 'bin/run'), 0o755);
    await chmod(join(folder.path, 'run'), 0o755);
    await symlink('bin', join(folder.path, 'link'));
    for (const program of ['sh', 'run', './run', 'bin/run', 'link/run', '{workspace}/bin/run', '/bin/sh']) {
      await writeFiles(folder.path, { 'minibit.json': { name: 'x', peer: { command: [program] } } });
      expect((await loadImplementation(folder.path)).manifest.peer?.command).to.deep.equal([program]);
    }
  });
});
