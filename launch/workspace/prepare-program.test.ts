import { expect } from 'chai';
import { chmod, lstat, readFile, readlink, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder, textOf, writeFiles } from '../test-support/files.ts';
import { rejection } from '../test-support/promises.ts';
import { loadImplementation } from '../manifest/load-implementation.ts';
import type { Role } from '../manifest/implementation.ts';
import type { Manifest } from '../../schemas/types.ts';
import { prepareProgram } from './prepare-program.ts';
import type { PreparedProgram } from './prepare-program.ts';
import { UsageError } from '../usage-error.ts';
import type { ProgramSettings } from './program-settings.ts';

describe('prepare', () => {
  const folder = temporaryFolder();
  const inWorkspace = (name: string) => join(folder.path, 'run/workspace', name);
  const settings: ProgramSettings = { blocks: 7, peerId: 'A' };

  async function prepared(
    role: Role,
    manifest: Partial<Manifest>,
    given: ProgramSettings = settings,
  ): Promise<PreparedProgram> {
    await writeFiles(join(folder.path, 'source'), { 'minibit.json': { name: 'x', ...manifest } });
    const implementation = await loadImplementation(join(folder.path, 'source'));
    const location = { host: '127.0.0.1', port: 5000, workspace: join(folder.path, 'run/workspace') };
    return prepareProgram(implementation, role, given, location);
  }

  it('expands every placeholder', async () => {
    const words = ['host', 'port', 'tracker_host', 'tracker_port', 'peer_id', 'blocks', 'initial_blocks', 'window'];
    const intervals = ['unchoke', 'info', 'peers', 'pace'].flatMap((name) => [`${name}_ms`, `${name}_s`]);
    const command = ['sh', ...[...words, ...intervals, 'workspace', 'output'].map((word) => `{${word}}`)];
    const result = await prepared(
      'peer',
      { peer: { command: command as [string], output: 'out_{peer_id}.txt' }, env: { WHO: '{peer_id}:{file}' } },
      { ...settings, tracker: { host: 'h', port: 6000 }, intervals: { unchokeMs: 300, paceMs: 0 }, window: 4 },
    );
    expect(result.command.slice(1)).to.deep.equal([
      ...['127.0.0.1', '5000', 'h', '6000', 'A', '7', '2', '4'],
      ...['300', '0.3', '15000', '15', '3000', '3', '0', '0'],
      ...[inWorkspace('.').replace(/\/$/, ''), inWorkspace('out_A.txt')],
    ]);
    expect(result.outputPaths).to.deep.equal([inWorkspace('out_A.txt')]);
    expect(result.env).to.deep.equal({ WHO: 'A:' });
  });

  it('writes the tracker’s file where the program expects it, not through a link', async () => {
    await writeFiles(folder.path, { precious: 'precious', 'source/a': '' });
    await symlink('../precious', join(folder.path, 'source/file.txt'));
    const file = Buffer.from([1, 2, 255]);
    const manifest: Partial<Manifest> = { tracker: { command: ['sh', '{file}'], file: 'file.txt' } };
    const { command } = await prepared('tracker', manifest, { blocks: 1, file });
    expect(command).to.deep.equal(['sh', inWorkspace('file.txt')]);
    expect((await readFile(inWorkspace('file.txt'))).equals(file)).to.be.true;
    expect(await textOf(join(folder.path, 'precious'))).to.equal('precious');
  });

  it('names files where the manifest does not', async () => {
    const file = Buffer.from('text');
    const tracker = await prepared('tracker', { tracker: { command: ['sh', '{file}'] } }, { blocks: 1, file });
    expect(await textOf(tracker.command[1] ?? '')).to.equal('text');
  });

  it('knows the output only if the manifest states it or passes it on', async () => {
    const passed = await prepared('peer', { peer: { command: ['sh', '{output}'] } });
    expect(passed.outputPaths).to.deep.equal([passed.command[1]]);
    expect((await prepared('peer', { peer: { command: ['sh'] } })).outputPaths).to.deep.equal([]);
  });

  it('replaces texts in the copy, also in a read-only file, and never in the source', async () => {
    const source = { 'source/lib/a.py': 'N = 100\nPORT = 1\n' };
    await writeFiles(folder.path, source);
    await chmod(join(folder.path, 'source/lib/a.py'), 0o444);
    await prepared('peer', {
      peer: { command: ['sh'] },
      workspace: {
        replace: [
          { file: 'lib/a.py', find: '100', with: '{blocks}' },
          { file: './lib/a.py', find: 'PORT = 1', with: 'PORT = {port}' },
        ],
        mkdir: ['logs/{peer_id}'],
      },
    });
    expect(await textOf(inWorkspace('lib/a.py'))).to.equal('N = 7\nPORT = 5000\n');
    expect(await textOf(join(folder.path, 'source/lib/a.py'))).to.equal(source['source/lib/a.py']);
    expect((await lstat(inWorkspace('logs/A'))).isDirectory()).to.be.true;
  });

  it('keeps modes and links, and copies entries from outside under their last name', async () => {
    await writeFiles(folder.path, { 'source/bin/run': '', 'source/not': '', 'other/lib/x': 'x', 'other/y.js': 'y' });
    await chmod(join(folder.path, 'source/bin/run'), 0o755);
    await symlink('../../precious', join(folder.path, 'source/bin/link'));
    const copy = ['bin', '../other/lib', '../other/y.js'];
    await prepared('peer', { peer: { command: ['bin/run'] }, workspace: { copy } });
    expect((await lstat(inWorkspace('bin/run'))).mode & 0o777).to.equal(0o755);
    expect(await readlink(inWorkspace('bin/link'))).to.equal('../../precious');
    expect([await textOf(inWorkspace('lib/x')), await textOf(inWorkspace('y.js'))]).to.deep.equal(['x', 'y']);
    expect(await rejection(lstat(inWorkspace('not')))).to.have.property('code', 'ENOENT');
  });

  it('excludes version control and caches', async () => {
    await writeFiles(folder.path, { 'source/.git/x': '', 'source/node_modules/.cache/x': '', 'source/.gitignore': '' });
    await prepared('peer', { peer: { command: ['sh'] } });
    for (const name of ['.git', 'node_modules/.cache']) {
      expect(await rejection(lstat(inWorkspace(name)))).to.have.property('code', 'ENOENT');
    }
    expect((await lstat(inWorkspace('.gitignore'))).isFile()).to.be.true;
  });

  it('runs a copied file by its bare name', async () => {
    await writeFiles(folder.path, { 'source/start-peer': '#!/bin/sh\n' });
    await chmod(join(folder.path, 'source/start-peer'), 0o755);
    const { command } = await prepared('peer', { peer: { command: ['start-peer'] } });
    expect(command).to.deep.equal([inWorkspace('start-peer')]);
  });

  it('refuses peer ids that lead out of the workspace', async () => {
    const manifest: Partial<Manifest> = { peer: { command: ['sh'], output: '{peer_id}' } };
    for (const peerId of ['../../precious', '/etc/passwd', '.', '']) {
      expect(await rejection(prepared('peer', manifest, { blocks: 1, peerId }))).to.be.instanceOf(UsageError);
    }
    expect((await prepared('peer', manifest, { blocks: 1, peerId: '__proto__' })).outputPaths).to.deep.equal([
      inWorkspace('__proto__'),
    ]);
  });

  it('lists the peers of a pack, each with a file of its own inside the workspace', async () => {
    const peer = {
      command: ['sh', '{output}'] as [string, ...string[]],
      pack: ['sh', '{pack}', '{blocks}'] as [string, ...string[]],
    };
    const pack = [
      { peerId: '../A', port: 6001 },
      { peerId: 'B', port: 6002 },
    ] as const;
    const { command, outputPaths } = await prepared('peer', { peer }, { blocks: 7, pack });
    expect(command.slice(1)).to.deep.equal([inWorkspace('minibit-pack.json'), '7']);
    expect(JSON.parse(await textOf(command[1] ?? ''))).to.deep.equal([
      { peer_id: '../A', port: 6001, output: outputPaths[0] },
      { peer_id: 'B', port: 6002, output: outputPaths[1] },
    ]);
    expect(outputPaths).to.deep.equal([inWorkspace('minibit-output-0'), inWorkspace('minibit-output-1')]);
  });

  it('names the missing field of a manifest that cannot start packs', async () => {
    const pack = [{ peerId: 'A', port: 6001 }] as const;
    const error = await rejection(prepared('peer', { peer: { command: ['sh'] } }, { blocks: 7, pack }));
    expect(error).to.be.instanceOf(UsageError).with.property('message').that.contains('peer.pack');
  });

  it('names a role that the manifest lacks', async () => {
    const error = await rejection(prepared('tracker', { peer: { command: ['sh'] } }));
    expect(error).to.be.instanceOf(UsageError);
    expect((error as Error).message).to.contain('has no tracker');
  });
});
