import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConformanceResult } from '../../schemas/types.ts';
import { packageRoot } from '../../launch/package-root.ts';

/** One run of the whole suite. */
export interface SuiteRun {
  readonly durationS: number;
  /** User and system time of the harness and of all programs that it started; NaN where there is no /proc. */
  readonly cpuS: number;
  readonly programs: number;
  readonly verdict: string;
}

/** Judges an implementation with all cases, in a process of its own. @param folder for temporary files; keeps them */
export async function measureSuite(manifest: string, folder: string): Promise<SuiteRun> {
  const temporary = await mkdtemp(join(folder, 'run-'));
  const json = join(temporary, 'result.json');
  const [startMs, startCpuS] = [performance.now(), childrenCpuS()];
  const child = spawn(
    process.execPath,
    [join(packageRoot, 'bin/minibit.js'), 'conform', manifest, '--keep', '--json', json],
    { env: { ...process.env, TMPDIR: temporary }, stdio: 'ignore' },
  );
  await once(child, 'exit');
  const durationS = (performance.now() - startMs) / 1_000;
  const cpuS = childrenCpuS() - startCpuS;
  const { verdict } = JSON.parse(await readFile(json, 'utf8')) as ConformanceResult;
  return { durationS, cpuS, programs: await startedPrograms(temporary), verdict };
}

/** Each program has a folder of its own in that of the session, such as `12-peer`. */
async function startedPrograms(folder: string): Promise<number> {
  const sessions = (await readdir(folder)).filter((name) => name.startsWith('minibit-run-'));
  const names = await Promise.all(sessions.map((name) => readdir(join(folder, name))));
  return names.flat().filter((name) => /^\d+-(tracker|peer)$/.test(name)).length;
}

/** What ended child processes and their descendants have used; the kernel counts hundredths of a second. */
function childrenCpuS(): number {
  try {
    const stat = readFileSync('/proc/self/stat', 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[13]) + Number(fields[14])) / 100;
  } catch {
    return Number.NaN;
  }
}
