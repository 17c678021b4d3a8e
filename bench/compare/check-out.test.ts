import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { execa } from 'execa';
import { UsageError } from '../../launch/usage-error.ts';
import { checkOut } from './check-out.ts';

describe('checkOut', () => {
  let folder: string;
  let repository: string;

  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'minibit-test-')));
    repository = join(folder, 'repository');
    await execa('git', ['init', '-q', repository]);
    await writeFile(join(repository, 'minibit.json'), 'old');
    await git('add', 'minibit.json');
    await git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-q', '-m', 'old');
    await writeFile(join(repository, 'minibit.json'), 'new');
    await git('add', 'minibit.json');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const git = async (...args: string[]): Promise<string> => (await execa('git', args, { cwd: repository })).stdout;

  it('writes a revision elsewhere, and leaves the repository unchanged', async () => {
    const before = await git('status', '--porcelain');
    const { commit, path } = await checkOut('HEAD', join(repository, 'minibit.json'), join(folder, 'base'));
    expect(commit).to.equal(await git('rev-parse', 'HEAD'));
    expect(path).to.equal(join(folder, 'base', 'minibit.json'));
    expect(await readFile(path, 'utf8')).to.equal('old');
    expect(await git('status', '--porcelain')).to.equal(before);
    expect(await git('worktree', 'list')).to.not.contain('base');
  });

  it('refuses a revision without the file', async () => {
    await writeFile(join(repository, 'later.json'), 'new');
    const failure: unknown = await checkOut('HEAD', join(repository, 'later.json'), join(folder, 'base')).catch(
      (error: unknown) => error,
    );
    expect(failure)
      .to.be.instanceOf(UsageError)
      .with.property('message')
      .that.matches(/later\.json does not exist/);
  });

  for (const [revision, words] of [
    ['', 'lacks a revision'],
    ['no-such-branch', 'rev-parse'],
    ['no-such-branch', 'fetch-depth: 0'],
    ['--all', 'rev-parse'],
  ] as const) {
    it(`refuses "${revision}" with a message that contains ${words}`, async () => {
      const failure: unknown = await checkOut(revision, join(repository, 'minibit.json'), join(folder, 'base')).catch(
        (error: unknown) => error,
      );
      expect(failure).to.be.instanceOf(UsageError).with.property('message').that.contains(words);
    });
  }
});
