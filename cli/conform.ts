import { Command } from 'commander';
import type { Case } from '../conformance/case.ts';
import { conform } from '../conformance/conform.ts';
import { defaultJobs } from '../conformance/jobs.ts';
import { selectCases } from '../conformance/select.ts';
import { loadImplementation, type Implementation } from '../impl/launch/manifest.ts';
import type { Run } from '../impl/launch/run.ts';
import { caseList } from '../reports/terminal/case-list.ts';
import { conformProgress } from '../reports/terminal/conform-progress.ts';
import { conformReport } from '../reports/terminal/conform-report.ts';
import type { ConformanceResult } from '../schemas/types.ts';
import { wholeNumber } from './numbers.ts';
import { checkOutput, writeOutput } from './output.ts';
import { withRun } from './with-run.ts';

interface Options {
  list?: boolean;
  case: string[];
  seed: number;
  jobs?: number;
  json?: string;
  html?: string;
  keep?: boolean;
}

export const conformExitCodes: Readonly<Record<ConformanceResult['verdict'], number>> = {
  conforming: 0,
  'not-conforming': 1,
  'not-judged': 3,
};

/** `minibit conform`: exit code 0 conforming, 1 not conforming, 2 bad usage or manifest, 3 could not judge. */
export function conformCommand(): Command {
  return new Command('conform')
    .description('judge an implementation, clause by clause')
    .argument('[manifest]', 'the minibit.json of an implementation, or its folder (default: the reference)')
    .option('--list', 'print the clauses and the cases that check them, and run nothing')
    .option('--case <id>', 'only this case, clause or group of clauses; may be repeated', collect, [])
    .option('--seed <n>', 'seed of all chance', wholeNumber('--seed', 0, 2 ** 31 - 1), 1)
    .option('--jobs <n>', 'cases that run side by side', wholeNumber('--jobs', 1, 256))
    .option('--json <file>', 'write the result, with the wire log of every case that did not pass')
    .option('--html <file>', 'write the result as a page')
    .option('--keep', 'keep the workspaces of the programs')
    .action(async (manifest: string | undefined, options: Options) => {
      process.exitCode = await run(manifest, options);
    });
}

function collect(id: string, ids: string[]): string[] {
  return [...ids, id];
}

async function run(manifest: string | undefined, options: Options): Promise<number> {
  const cases = selectCases(options.case);
  if (options.list) {
    process.stdout.write(caseList(cases));
    return 0;
  }
  for (const path of [options.json, options.html]) if (path !== undefined) await checkOutput(path);
  const implementation = await loadImplementation(manifest);
  const { seed, jobs = defaultJobs(implementation), keep = false } = options;
  return withRun({ keep }, async (opened, signal) => {
    const result = await judgeAndPrint(opened, implementation, { cases, seed, jobs, target: manifest }, signal);
    await write(result, options);
    return conformExitCodes[result.verdict];
  });
}

/** What to judge, and how. */
interface Judgement {
  readonly cases: readonly Case[];
  readonly seed: number;
  readonly jobs: number;
  /** The implementation as it was named on the command line, for the commands that repeat a case. */
  readonly target: string | undefined;
}

/** Judges with live progress and prints the result. @throws UsageError */
export async function judgeAndPrint(
  run: Run,
  implementation: Implementation,
  { cases, seed, jobs, target }: Judgement,
  signal: AbortSignal,
): Promise<ConformanceResult> {
  const progress = conformProgress(process.stderr, cases.length);
  const command = ['minibit conform', ...(target === undefined ? [] : [shellWord(target)])].join(' ');
  const result = await conform(
    cases,
    { run, implementation, seed },
    {
      jobs,
      repro: (id) => `${command} --case ${shellWord(id)} --seed ${seed}`,
      signal,
      onStart: () => progress.started(),
      onResult: (done) => progress.judged(done),
    },
  ).finally(() => progress.end());
  process.stdout.write(conformReport(result));
  return result;
}

/** A word as a shell takes it. */
function shellWord(text: string): string {
  return /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

async function write(result: ConformanceResult, { json, html }: Options): Promise<void> {
  if (json !== undefined) await writeOutput(json, `${JSON.stringify(result, undefined, 2)}\n`);
  if (html === undefined) return;
  // The chart library takes a while to load.
  const { renderPage } = await import('../reports/html/page.ts');
  await writeOutput(html, renderPage({ title: `Conformance of ${result.implementation.name}`, conformance: result }));
}
