import { Command } from 'commander';
import { interop } from '../conformance/interop/interop.ts';
import { loadImplementation } from '../launch/manifest/load-implementation.ts';
import { UsageError } from '../launch/usage-error.ts';
import { kinds } from '../reports/results/kinds.ts';
import { interopProgress } from '../reports/terminal/interop-progress.ts';
import { integer, seed } from './options/numbers.ts';
import { printResults } from './output/print-results.ts';
import { addReportOptions, checkReportFiles, writeReports, type ReportFiles } from './output/report-files.ts';
import { withSession } from './session/with-session.ts';

/** Enough that peers get most blocks from each other; few enough for programs that take seconds per block. */
const blocks = 24;
const sizeBytes = 8_000;

interface Options extends ReportFiles {
  seed: number;
  jobs: number;
  keep?: boolean;
}

/** `minibit interop`: tries implementations with each other. */
export function interopCommand(): Command {
  const command = new Command('interop')
    .description('run swarms that mix implementations, and find which of them is at fault where one fails')
    .argument('<manifests...>', 'two or more: each the minibit.json of an implementation, or its folder')
    .option('--seed <n>', 'random seed of the shared files', seed, 1)
    .option('--jobs <n>', 'swarms that run side by side', integer('--jobs', 1, 64), 2);
  return addReportOptions(command, 'json', 'html')
    .option('--keep', 'keep the workspaces of the programs')
    .action(async (manifests: string[], options: Options) => {
      process.exitCode = await run(manifests, options);
    });
}

async function run(manifests: readonly string[], options: Options): Promise<number> {
  if (manifests.length < 2) {
    throw new UsageError(`Give two or more manifests, such as impl/reference besides ${manifests[0] ?? 'your own'}.`);
  }
  await checkReportFiles(options);
  const implementations = await Promise.all(manifests.map((path) => loadImplementation(path)));
  return withSession({ keep: options.keep === true }, async (session, signal) => {
    const progress = interopProgress(process.stderr);
    const plan = { blocks, sizeBytes, seed: options.seed, jobs: options.jobs };
    const result = await interop(session, implementations, plan, signal, (event) => progress.update(event)).finally(
      () => progress.end(),
    );
    printResults(result);
    await writeReports([result], options);
    return kinds.interop.exitCode(result);
  });
}
