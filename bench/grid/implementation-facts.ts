import { execFile } from 'node:child_process';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import type { Implementation } from '../../launch/manifest/implementation.ts';
import type { BenchmarkResult } from '../../schemas/types.ts';

const run = promisify(execFile);
const deadlineMs = 10_000;

/** Programs that answer to --version without starting anything. */
const runtimes = /^(node|deno|bun|python[0-9.]*|pypy[0-9.]*|ruby|php|java|dotnet|perl|elixir)$/;

/** What is measured: the manifest's name and version, its runtime, and the state of its repository. */
export async function implementationFacts({
  manifest,
  path,
  folder,
}: Implementation): Promise<BenchmarkResult['implementation']> {
  const { name, language, version } = manifest;
  const command = (manifest.peer ?? manifest.tracker)?.command[0] ?? '';
  const [runtime, git] = await Promise.all([runtimeOf(command), gitState(folder)]);
  return {
    name,
    ...(language !== undefined && { language }),
    ...(version !== undefined && { version }),
    ...(runtime !== undefined && { runtime }),
    ...(git && { git }),
    manifest: path,
  };
}

async function runtimeOf(command: string): Promise<string | undefined> {
  if (!runtimes.test(basename(command))) return undefined;
  const answer = await outputOf(command, ['--version']);
  return answer?.split('\n', 1)[0]?.trim();
}

async function gitState(folder: string): Promise<BenchmarkResult['implementation']['git']> {
  const commit = (await outputOf('git', ['rev-parse', '--verify', 'HEAD'], folder))?.trim();
  const changes = await outputOf('git', ['status', '--porcelain', '--untracked-files=no'], folder);
  return commit === undefined || changes === undefined ? undefined : { commit, dirty: changes !== '' };
}

/** What a command prints; undefined if it does not exist or fails. */
async function outputOf(command: string, args: string[], cwd?: string): Promise<string | undefined> {
  return run(command, args, { cwd, timeout: deadlineMs }).then(
    ({ stdout }) => stdout,
    () => undefined,
  );
}
