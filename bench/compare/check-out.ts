import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, realpath } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { UsageError } from '../../launch/usage-error.ts';

const run = promisify(execFile);
const deadlineMs = 60_000;

/** A file of a revision, in a copy of the whole revision. */
export interface CheckedOut {
  /** The full hash of the commit. */
  readonly commit: string;
  /** The path of the file in the copy. */
  readonly path: string;
}

/**
 * Writes all files of a revision to `folder`. It leaves the repository unchanged (no worktree, no write to its index), so
 * that nothing has to be cleaned up there.
 * @param path a file in the working tree
 * @throws UsageError if the repository, the revision, the file in it, or git is missing
 */
export async function checkOut(revision: string, path: string, folder: string): Promise<CheckedOut> {
  if (revision === '') throw new UsageError('--base git: lacks a revision: give one, such as git:main.');
  const top = await realpath(await git(dirname(path), 'rev-parse', '--show-toplevel'));
  const commit = await git(top, 'rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`).catch(
    (error: unknown) => {
      throw new UsageError(
        `${(error as Error).message}\nA shallow clone lacks it: with actions/checkout, set fetch-depth: 0.`,
      );
    },
  );
  await mkdir(folder, { mode: 0o700 });
  const index = { GIT_INDEX_FILE: `${folder}.index` };
  await gitWith(index, top, 'read-tree', commit);
  await gitWith(index, top, 'checkout-index', '--all', `--prefix=${folder}${sep}`);
  const name = relative(top, path);
  const copy = join(folder, name);
  if (!existsSync(copy)) {
    throw new UsageError(`--base git:…: ${name} does not exist in ${commit}, so there is nothing to compare with.`);
  }
  return { commit, path: copy };
}

async function git(folder: string, ...args: string[]): Promise<string> {
  return gitWith({}, folder, ...args);
}

async function gitWith(env: Record<string, string>, folder: string, ...args: string[]): Promise<string> {
  try {
    const { stdout } = await run('git', args, { cwd: folder, env: { ...process.env, ...env }, timeout: deadlineMs });
    return stdout.trimEnd();
  } catch (error) {
    const { stderr = '', message, code } = error as { stderr?: string; message: string; code?: unknown };
    const why = code === 'ENOENT' ? 'git is not installed' : stderr.trim() || message;
    throw new UsageError(`--base git:…: git ${args[0] ?? ''} failed in ${folder}: ${why}`);
  }
}
