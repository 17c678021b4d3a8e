import { expect } from 'chai';
import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { implementationFacts } from './implementation-facts.ts';

describe('implementationFacts', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'minibit-facts-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const facts = (command: string) => {
    const manifest = { name: 'x', peer: { command: [command, 'peer.js'] as [string, string] } };
    return implementationFacts({ path: join(folder, 'minibit.json'), folder, manifest });
  };

  it('reports the version of a well-known runtime, and starts nothing else', async () => {
    expect((await facts('node')).runtime).to.equal(process.version);
    expect(await facts(join(folder, 'server'))).to.not.have.property('runtime');
    expect(await facts('python99')).to.not.have.property('runtime');
  });

  it('reports the commit of its repository, and whether files differ from it', async () => {
    expect(await facts('x')).to.not.have.property('git');
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@x', ...args], { cwd: folder });
    git('init', '-q');
    await writeFile(join(folder, 'peer.js'), '1');
    git('add', '.');
    git('commit', '-qm', 'One');
    const commit = git('rev-parse', 'HEAD').toString().trim();
    expect((await facts('x')).git).to.deep.equal({ commit, dirty: false });
    await writeFile(join(folder, 'peer.js'), '2');
    expect((await facts('x')).git).to.deep.equal({ commit, dirty: true });
  });
});
