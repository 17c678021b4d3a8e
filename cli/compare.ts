import { Command } from 'commander';
import { fullSpeed } from '../bench/benchmark.ts';
import { compare } from '../bench/compare/compare.ts';
import { loadSides } from '../bench/compare/side.ts';
import { defaultFloorPercent, leastRounds } from '../bench/gate/limits.ts';
import { makeTextFile } from '../bench/shared-file.ts';
import { parseSize } from '../bench/size.ts';
import { UsageError } from '../impl/launch/usage-error.ts';
import { compareReport } from '../reports/terminal/compare-report.ts';
import { roundLine } from '../reports/terminal/compare-progress.ts';
import type { CompareResult } from '../schemas/types.ts';
import { readBudget } from './budget.ts';
import { parseBandwidth, parseLatency } from './links.ts';
import { percentage, wholeNumber, wholeNumbers } from './numbers.ts';
import { withRun } from './with-run.ts';
import { addCompareFiles, checkCompareFiles, writeCompareFiles, type CompareFiles } from './compare-files.ts';

interface Options extends CompareFiles {
  base?: string;
  head?: string;
  peers: number[];
  blocks: number[];
  size: number;
  rounds: number;
  latency?: number;
  bandwidth?: number;
  floor?: number;
  budget?: string;
  window: number;
  seed: number;
  keep?: boolean;
}

/** `minibit compare`: exit code 0 no regression, 1 regression, 2 bad usage, 3 it could not be judged, 130 and 143 interrupted. */
export function compareCommand(): Command {
  const command = new Command('compare')
    .description('tell whether one build is slower, or says more, than another')
    .argument('[results...]', 'instead of --base and --head: two results that bench wrote with --json, base first')
    .option('--base <build>', 'the manifest of the old build or its folder, or git:<revision> of that of --head')
    .option('--head <build>', 'the manifest of the new build, or its folder')
    .option('--peers <list>', 'numbers of peers', wholeNumbers('--peers', 1, 1000), [3])
    .option('--blocks <list>', 'numbers of blocks', wholeNumbers('--blocks', 1, 1_000_000), [100])
    .option('--size <size>', 'share a text of this size, made by the harness', parseSize, parseSize('11KB'))
    .option('--rounds <n>', 'rounds of a batch', wholeNumber('--rounds', leastRounds, 100), 12)
    .option('--latency <time>', 'shape the links: hold back each byte, one way, such as 5ms', parseLatency)
    .option('--bandwidth <rate>', 'shape the links: bytes per second and direction, such as 10MB/s', parseBandwidth)
    .option(
      '--floor <percent>',
      'smaller changes of time do not count (default: 5, on shaped links 3)',
      percentage('--floor'),
    )
    .option('--budget <file>', 'which actions may be sent more often, and why')
    .option('--window <k>', 'block requests in flight per peer, if it can', wholeNumber('--window', 1, 10_000), 1)
    .option('--seed <n>', 'seed of the coin and of the text', wholeNumber('--seed', 0, 2 ** 31 - 1), 1)
    .option('--keep', 'keep the workspaces of the programs');
  return addCompareFiles(command).action(async (results: string[], options: Options) => {
    process.exitCode = await compareBuilds(results, options);
  });
}

async function compareBuilds(results: readonly string[], options: Options): Promise<number> {
  await checkCompareFiles(options);
  const { base, head, peers, blocks, latency, bandwidth } = options;
  const budget = options.budget === undefined ? [] : await readBudget(options.budget);
  if (base === undefined || head === undefined) {
    throw new UsageError('Give the two builds with --base and --head, or two stored results.');
  }
  if (results.length > 0) throw new UsageError('Give either --base and --head, or two stored results.');
  const isShaped = latency !== undefined || bandwidth !== undefined;
  const plan = {
    ...options,
    cells: peers.flatMap((peerCount) => blocks.map((blockCount) => ({ peers: peerCount, blocks: blockCount }))),
    file: makeTextFile(options.size, options.seed),
    intervals: fullSpeed,
    links: isShaped
      ? {
          ...(latency !== undefined && { latencyMs: latency }),
          ...(bandwidth !== undefined && { bytesPerSecond: bandwidth }),
        }
      : undefined,
    floorPercent: options.floor ?? defaultFloorPercent[isShaped ? 'shaped' : 'loopback'],
    budget,
  };
  return withRun({ keep: options.keep === true }, async (run, signal) => {
    const sides = await loadSides(run, base, head);
    const onRound = (progress: Parameters<typeof roundLine>[0]): void => void process.stderr.write(roundLine(progress));
    return report(await compare(run, sides, plan, signal, onRound), options);
  });
}

async function report(result: CompareResult, files: CompareFiles): Promise<number> {
  process.stdout.write(compareReport(result));
  await writeCompareFiles(result, files);
  return result.exitCode;
}
