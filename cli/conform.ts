import { Command } from 'commander';
import type { Case } from '../conformance/cases/case.ts';
import { expectedDurationMs } from '../conformance/judge/expected-duration.ts';
import { selectCases } from '../conformance/judge/select-cases.ts';
import { defaultJobs } from '../conformance/judge/starts/default-jobs.ts';
import { UsageError } from '../launch/usage-error.ts';
import { caseListJson } from '../reports/formats/case-list.ts';
import { exitCodesOf } from '../reports/results/by-kind.ts';
import { caseList } from '../reports/terminal/case-list.ts';
import { painter } from '../reports/terminal/colour.ts';
import { conformSummary } from '../reports/terminal/conform-report.ts';
import { exitCodes } from '../schemas/exit-codes.ts';
import type { ConformanceResult } from '../schemas/types.ts';
import { hostPort } from './options/host-port.ts';
import { integer, seed } from './options/numbers.ts';
import { namesRunningServers, openRunningTarget, type RunningOptions } from './options/running-target.ts';
import { writeOutput } from './output/output.ts';
import { printResults } from './output/print-results.ts';
import { addReportOptions, checkReportFiles, writeReports, type ReportFiles } from './output/report-files.ts';
import { judgeTargets } from './session/judge-targets.ts';
import { loadTarget, type Target } from './session/target.ts';
import { withSession } from './session/with-session.ts';

interface Options extends ReportFiles, RunningOptions {
  list?: boolean;
  thorough?: boolean;
  case: string[];
  seed: number;
  jobs?: number;
  keep?: boolean;
}

/** `minibit conform`: judges implementations. */
export function conformCommand(): Command {
  const command = new Command('conform')
    .description('judge implementations clause by clause: programs that it launches, or your own running servers')
    .argument('[manifests...]', 'each the minibit.json of an implementation, or its folder (default: the reference)')
    .option('--tracker <host:port>', 'judge this running tracker; only a server of your own', hostPort('--tracker'))
    .option('--peer <host:port>', 'judge this running peer; only a server of your own', hostPort('--peer'))
    .option('--file <path>', 'the file that the running tracker shares')
    .option('--blocks <n>', 'the number of blocks of the running servers', integer('--blocks', 1, 10_000_000))
    .option('--extension <name>', 'an extension of the running servers; may be repeated', collect, [])
    .option('--list', 'list the clauses and the cases that check them, without running any; with --json as JSON')
    .option('--thorough', 'also run the cases for what time or number alone shows: minutes instead of seconds')
    .option('--case <id>', 'only this case, clause or group of clauses; may be repeated', collect, [])
    .option('--seed <n>', 'random seed', seed, 1)
    .option('--jobs <n>', 'cases that run side by side, over all implementations', integer('--jobs', 1, 256))
    .option(
      '--known-failures <file>',
      'failures that do not change the exit code (default: known-failures.json beside the manifest)',
    );
  return addReportOptions(command, 'json', 'html', 'markdown', 'junit', 'badge', 'csv')
    .option('--keep', 'keep the workspaces of the programs')
    .action(async (manifests: string[], options: Options) => {
      process.exitCode = await run(manifests, options);
    });
}

function collect(value: string, values: string[]): string[] {
  return [...values, value];
}

async function run(manifests: readonly string[], options: Options): Promise<number> {
  if (options.list) return list(selectCases(options.case, true), options);
  const cases = selectCases(options.case, options.thorough);
  if (options.knownFailures !== undefined && manifests.length > 1) {
    throw new UsageError('--known-failures is for one implementation: put a known-failures.json beside each manifest.');
  }
  const isRunning = namesRunningServers(options, manifests);
  await checkReportFiles(options);
  // All manifests are read before anything starts.
  const named = manifests.length === 0 ? [undefined] : manifests;
  const launched = isRunning ? [] : await Promise.all(named.map((path) => loadTarget(path, options.knownFailures)));
  return withSession({ keep: options.keep === true }, async (session, signal) => {
    const running = isRunning ? await openRunningTarget(options) : undefined;
    const targets = running === undefined ? launched : [running];
    if (cases.some(({ thoroughMs }) => thoroughMs !== undefined)) printDuration(cases, targets, options.jobs);
    const results = await judgeTargets(session, targets, { ...options, cases }, signal).finally(() =>
      running?.servers.close(),
    );
    print(results);
    await writeReports(results, options);
    return worst(exitCodesOf(results));
  });
}

async function list(cases: readonly Case[], { json }: Options): Promise<number> {
  if (json === undefined) {
    process.stdout.write(caseList(cases));
    return exitCodes.success;
  }
  await checkReportFiles({ json });
  await writeOutput(json, caseListJson(cases));
  return exitCodes.success;
}

/** Thorough cases last minutes: says so beforehand. */
function printDuration(cases: readonly Case[], targets: readonly Target[], jobs: number | undefined): void {
  const lastsMs = targets.map(({ implementation }) =>
    expectedDurationMs(cases, implementation, jobs ?? defaultJobs(implementation)),
  );
  process.stderr.write(`The thorough cases need time: about ${Math.round(Math.max(...lastsMs) / 1_000)} s in all.\n`);
}

function print(results: readonly ConformanceResult[]): void {
  if (results.length > 1) process.stdout.write(conformSummary(results, painter(process.stdout)));
  else printResults(...results);
}

/** A failure of one implementation counts more than a missing verdict on another. */
function worst(codes: readonly number[]): number {
  return codes.includes(exitCodes.failure) ? exitCodes.failure : Math.max(...codes);
}
