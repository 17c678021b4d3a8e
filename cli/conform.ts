import { Command } from 'commander';
import { selectCases } from '../conformance/judge/select-cases.ts';
import { UsageError } from '../launch/usage-error.ts';
import { caseList } from '../reports/terminal/case-list.ts';
import { painter } from '../reports/terminal/colour.ts';
import { conformReport, conformSummary } from '../reports/terminal/conform-report.ts';
import type { ConformanceResult } from '../schemas/types.ts';
import { hostPort } from './options/host-port.ts';
import { conformExitCode, judgeTargets, loadTarget } from './session/judge.ts';
import { wholeNumber } from './options/numbers.ts';
import { writeOutput } from './output/output.ts';
import { addReportOptions, checkReportFiles, writeReports, type ReportFiles } from './output/report-files.ts';
import { asksForRunning, openRunning, type RunningOptions } from './options/running-target.ts';
import { withSession } from './session/with-session.ts';

interface Options extends ReportFiles, RunningOptions {
  list?: boolean;
  case: string[];
  seed: number;
  jobs?: number;
  json?: string;
  keep?: boolean;
}

/**
 * `minibit conform`: exit code 0 conforming, 1 not conforming, 2 bad usage or manifest, 3 could not judge; of several
 * implementations the worst, where 1 is worse than 3.
 */
export function conformCommand(): Command {
  const command = new Command('conform')
    .description(
      'judge implementations, clause by clause: programs that it launches, or servers of your own that already run',
    )
    .argument('[manifests...]', 'each the minibit.json of an implementation, or its folder (default: the reference)')
    .option(
      '--tracker <host:port>',
      'judge a tracker that already runs; only servers of your own',
      hostPort('--tracker'),
    )
    .option('--peer <host:port>', 'judge a peer that already runs; only servers of your own', hostPort('--peer'))
    .option('--file <path>', 'the file that the running tracker shares')
    .option('--blocks <n>', 'N of the running servers', wholeNumber('--blocks', 1, 10_000_000))
    .option('--extension <name>', 'an extension that the running servers have; may be repeated', collect, [])
    .option('--list', 'print the clauses and the cases that check them, and run nothing')
    .option('--case <id>', 'only this case, clause or group of clauses; may be repeated', collect, [])
    .option('--seed <n>', 'seed of all chance', wholeNumber('--seed', 0, 2 ** 31 - 1), 1)
    .option('--jobs <n>', 'cases that run side by side, over all implementations', wholeNumber('--jobs', 1, 256))
    .option(
      '--known-failures <file>',
      'failures that do not fail the run (default: known-failures.json beside the manifest)',
    )
    .option(
      '--json <file>',
      'write the result, with the wire log of every case that did not pass; an array if several',
    );
  return addReportOptions(command)
    .option('--keep', 'keep the workspaces of the programs')
    .action(async (manifests: string[], options: Options) => {
      process.exitCode = await run(manifests, options);
    });
}

function collect(id: string, ids: string[]): string[] {
  return [...ids, id];
}

async function run(manifests: readonly string[], options: Options): Promise<number> {
  const cases = selectCases(options.case);
  if (options.list) {
    process.stdout.write(caseList(cases));
    return 0;
  }
  if (options.knownFailures !== undefined && manifests.length > 1) {
    throw new UsageError('--known-failures is for one implementation: put a known-failures.json beside each manifest.');
  }
  const isRunning = asksForRunning(options, manifests);
  await checkReportFiles(options);
  // All are looked at before anything starts.
  const named = manifests.length === 0 ? [undefined] : manifests;
  const launched = isRunning ? [] : await Promise.all(named.map((path) => loadTarget(path, options.knownFailures)));
  const { seed, jobs, keep = false } = options;
  return withSession({ keep }, async (opened, signal) => {
    const running = isRunning ? await openRunning(options) : undefined;
    const targets = running === undefined ? launched : [running];
    const conformance = await judgeTargets(opened, targets, { cases, seed, jobs }, signal).finally(() =>
      running?.servers.close(),
    );
    print(conformance);
    if (options.json !== undefined) {
      const json = conformance.length === 1 ? conformance[0] : conformance;
      await writeOutput(options.json, `${JSON.stringify(json, undefined, 2)}\n`);
    }
    await writeReports({ conformance, benchmarks: [] }, options);
    const codes = conformance.map(conformExitCode);
    return codes.includes(1) ? 1 : Math.max(...codes);
  });
}

function print(results: readonly ConformanceResult[]): void {
  const paint = painter(process.stdout);
  const [only] = results;
  process.stdout.write(
    only !== undefined && results.length === 1 ? conformReport(only, paint) : conformSummary(results, paint),
  );
}
