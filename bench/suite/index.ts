// Measures how long the conformance suite takes. Run by `npm run bench:suite`; arguments: --repetitions <n> (default 3).
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { median } from 'simple-statistics';
import { table } from 'table';
import type { Manifest } from '../../schemas/types.ts';
import { packageRoot } from '../../launch/package-root.ts';
import { measureSuite, type SuiteRun } from './measure-suite.ts';

/** Processor time that a virtual machine takes to start, in seconds. */
const startCpuS = 1.5;

const slowStart = `import runpy, sys, time
while time.process_time() < ${startCpuS}:
    pass
del sys.argv[0]
sys.path[0] = "."
runpy.run_path(sys.argv[0], run_name="__main__")
`;

/** Writes the Python implementation with a start that takes long. */
async function writeSlowStarter(folder: string): Promise<void> {
  await cp(join(packageRoot, 'impl/python'), folder, { recursive: true });
  await writeFile(join(folder, 'slow_start.py'), slowStart);
  const path = join(folder, 'minibit.json');
  const { tracker, peer, workspace, ...manifest } = JSON.parse(await readFile(path, 'utf8')) as Manifest;
  const slow = <T extends { command: string[] }>(role: T | undefined): T | undefined =>
    role && {
      ...role,
      command: role.command.flatMap((part) => (part === 'python3' ? [part, 'slow_start.py'] : [part])),
    };
  const copy = [...(workspace?.copy ?? []), 'slow_start.py'];
  await writeFile(
    path,
    JSON.stringify({ ...manifest, tracker: slow(tracker), peer: slow(peer), workspace: { ...workspace, copy } }),
  );
}

const { values } = parseArgs({ options: { repetitions: { type: 'string', default: '3' } } });
const folder = await mkdtemp(join(tmpdir(), 'minibit-suite-'));
try {
  const slowStarter = join(folder, 'slow-starter');
  await writeSlowStarter(slowStarter);
  const rows: string[][] = [];
  for (const [name, manifest] of [
    ['reference', join(packageRoot, 'impl/reference')],
    ['Python', join(packageRoot, 'impl/python')],
    [`Python, ${startCpuS} s of CPU to start`, slowStarter],
  ] as const) {
    const runs: SuiteRun[] = [];
    for (let n = 0; n < Number(values.repetitions); n += 1) runs.push(await measureSuite(manifest, folder));
    const middle = (of: (run: SuiteRun) => number, digits: number): string => median(runs.map(of)).toFixed(digits);
    rows.push([
      name,
      middle(({ durationS }) => durationS, 1),
      middle(({ cpuS }) => cpuS, 1),
      middle(({ programs }) => programs, 0),
      [...new Set(runs.map(({ verdict }) => verdict))].join(', '),
    ]);
  }
  process.stdout.write(table([['implementation', 'seconds', 'CPU seconds', 'programs started', 'verdict'], ...rows]));
} finally {
  await rm(folder, { recursive: true, force: true });
}
