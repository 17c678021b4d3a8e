import { Command } from 'commander';
import { interop } from '../conformance/interop/interop.ts';
import { loadImplementation } from '../launch/manifest/load-implementation.ts';
import { UsageError } from '../launch/usage-error.ts';
import { painter } from '../reports/terminal/colour.ts';
import { interopProgress } from '../reports/terminal/interop-progress.ts';
import { interopReport } from '../reports/terminal/interop-report.ts';
import { wholeNumber } from './options/numbers.ts';
import { writeOutput } from './output/output.ts';
import { checkReportFiles, writeReports } from './output/report-files.ts';
import { withSession } from './session/with-session.ts';

/** Enough for peers to get most blocks from each other, few enough for a program that takes seconds for each. */
const blocks = 24;
const sizeBytes = 8_000;

interface Options {
  seed: number;
  jobs: number;
  json?: string;
  html?: string;
  keep?: boolean;
}

/**
 * `minibit interop`: exit code 0 all complete and no clause seen broken, 1 not so, 2 bad usage or manifest, 3 the harness
 * could not or was interrupted before it knew (then 130 or 143).
 */
export function interopCommand(): Command {
  return new Command('interop')
    .description('run swarms that mix implementations, each with each, and say who broke them')
    .argument('<manifests...>', 'two or more, each the minibit.json of an implementation, or its folder')
    .option('--seed <n>', 'seed of the files', wholeNumber('--seed', 0, 2 ** 31 - 1), 1)
    .option('--jobs <n>', 'swarms that run side by side', wholeNumber('--jobs', 1, 64), 2)
    .option('--json <file>', 'write the result')
    .option('--html <file>', 'write the result as a page')
    .option('--keep', 'keep the workspaces of the programs')
    .action(async (manifests: string[], options: Options) => {
      process.exitCode = await run(manifests, options);
    });
}

async function run(manifests: readonly string[], { seed, jobs, json, html, keep = false }: Options): Promise<number> {
  if (manifests.length < 2) {
    throw new UsageError(
      `Only ${manifests[0] ?? 'nothing'} is given: name two or more manifests. impl/reference is one.`,
    );
  }
  await checkReportFiles({ ...(json !== undefined && { json }), ...(html !== undefined && { html }) });
  const implementations = await Promise.all(manifests.map((path) => loadImplementation(path)));
  return withSession({ keep }, async (opened, signal) => {
    const progress = interopProgress(process.stderr);
    const options = { blocks, sizeBytes, seed, jobs };
    const result = await interop(opened, implementations, options, signal, (event) => progress.update(event)).finally(
      () => progress.end(),
    );
    process.stdout.write(interopReport(result, painter(process.stdout), process.stdout.columns));
    if (json !== undefined) await writeOutput(json, `${JSON.stringify(result, undefined, 2)}\n`);
    if (html !== undefined) await writeReports({ conformance: [], benchmarks: [], interop: [result] }, { html });
    return result.verdict === 'failures' ? 1 : 0;
  });
}
