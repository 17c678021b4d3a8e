import { Command, type Option } from 'commander';
import { compare } from '../bench/compare/compare.ts';
import { defaultFloorPercent, leastRounds } from '../bench/compare/gate/limits.ts';
import { compareMicro, findCheckouts } from '../bench/compare/micro.ts';
import { loadSides } from '../bench/compare/side.ts';
import { compareStored, isShaped, type Stored } from '../bench/compare/stored.ts';
import { linkShape, parseBandwidth, parseDuration } from '../bench/grid/link-options.ts';
import { parseSize } from '../bench/grid/size.ts';
import { makeTextFile } from '../bench/swarm/shared-file.ts';
import { UsageError } from '../launch/usage-error.ts';
import { resultsOf } from '../reports/results/by-kind.ts';
import { kinds } from '../reports/results/kinds.ts';
import { readResults } from '../reports/results/read-results.ts';
import { microLine, roundLine } from '../reports/terminal/compare-progress.ts';
import type { CompareResult } from '../schemas/types.ts';
import { integer, integers, percentage, seed } from './options/numbers.ts';
import { readBudget } from './options/read-budget.ts';
import { printResults } from './output/print-results.ts';
import { addReportOptions, checkReportFiles, writeReports, type ReportFiles } from './output/report-files.ts';
import { withSession } from './session/with-session.ts';

interface Options extends ReportFiles {
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
  micro?: boolean;
  window: number;
  seed: number;
  keep?: boolean;
}

/** `minibit compare`: compares two builds. */
export function compareCommand(): Command {
  const command = new Command('compare')
    .description('find out whether one build is slower, or sends more messages, than another')
    .argument('[results...]', 'instead of --base and --head: two files written by bench with --json, base first')
    .option('--base <build>', "the old build's manifest or folder, or git:<revision> of that of --head")
    .option('--head <build>', "the new build's manifest or folder")
    .option('--peers <list>', 'numbers of peers', integers('--peers', 1, 1000), [3])
    .option('--blocks <list>', 'numbers of blocks', integers('--blocks', 1, 1_000_000), [100])
    .option('--size <size>', 'share a generated text of this size', parseSize, parseSize('11KB'))
    .option('--rounds <n>', 'rounds per batch', integer('--rounds', leastRounds, 100), 12)
    .option('--latency <time>', 'delay of every connection, one way, such as 5ms', parseDuration)
    .option(
      '--bandwidth <rate>',
      'limit for all connections between two programs together, each way, such as 10MB/s',
      parseBandwidth,
    )
    .option(
      '--floor <percent>',
      'ignore smaller changes of time (default: 5; 3 with --latency or --bandwidth)',
      percentage('--floor'),
    )
    .option('--budget <file>', 'the actions that may be sent more often, and why')
    .option('--micro', 'also compare the micro-benchmarks of two checkouts of this harness')
    .option('--window <k>', 'block requests in flight per peer, where supported', integer('--window', 1, 10_000), 1)
    .option('--seed <n>', 'random seed of the order of the sides and of the generated text', seed, 1);
  return addReportOptions(command, 'json', 'markdown', 'benchmarkAction', 'bencher')
    .option('--keep', 'keep the workspaces of the programs')
    .action(async (results: string[], options: Options) => {
      const given = command.options.filter((option) => command.getOptionValueSource(option.attributeName()) === 'cli');
      process.exitCode = await run(results, options, given);
    });
}

/** The options for measuring, which stored results exclude. */
const measuring: readonly (keyof Options)[] = [
  'peers',
  'blocks',
  'size',
  'rounds',
  'latency',
  'bandwidth',
  'micro',
  'window',
  'seed',
  'keep',
];

async function run(results: readonly string[], options: Options, given: readonly Option[]): Promise<number> {
  await checkReportFiles(options);
  const { base, head } = options;
  const [one, other, ...more] = results;
  if (base !== undefined && head !== undefined && one === undefined) return compareBuilds(base, head, options);
  if (base === undefined && head === undefined && one !== undefined && other !== undefined && more.length === 0) {
    const unused = given.find((option) => measuring.some((name) => name === option.attributeName()));
    if (unused) throw new UsageError(`${unused.long} has no effect on stored results: leave it out.`);
    return compareFiles(one, other, options);
  }
  throw new UsageError('Give the two builds with --base and --head, or two stored results, base first.');
}

/** Runs both builds in turns. */
async function compareBuilds(base: string, head: string, options: Options): Promise<number> {
  const { peers, blocks, latency, bandwidth } = options;
  const links = linkShape(latency, bandwidth);
  const plan = {
    ...options,
    cells: peers.flatMap((peerCount) => blocks.map((blockCount) => ({ peers: peerCount, blocks: blockCount }))),
    file: makeTextFile(options.size, options.seed),
    links,
    floorPercent: options.floor ?? defaultFloorPercent[links ? 'shaped' : 'loopback'],
    budget: await readBudget(options.budget),
  };
  const show = (line: string): void => void process.stderr.write(line);
  return withSession({ keep: options.keep === true }, async (session, signal) => {
    const sides = await loadSides(session, base, head);
    const checkouts = options.micro ? await findCheckouts(sides) : undefined;
    const micro =
      checkouts &&
      (() => compareMicro(checkouts, plan, signal, (batch, round) => show(microLine(batch, round, plan.rounds))));
    return report(await compare(session, sides, plan, signal, (progress) => show(roundLine(progress)), micro), options);
  });
}

/** Compares two results of `minibit bench`. */
async function compareFiles(basePath: string, headPath: string, options: Options): Promise<number> {
  const [base, head] = [await readBenchmark(basePath), await readBenchmark(headPath)];
  const floorPercent = options.floor ?? defaultFloorPercent[isShaped(head.result) ? 'shaped' : 'loopback'];
  return report(compareStored(base, head, { floorPercent, budget: await readBudget(options.budget) }), options);
}

async function readBenchmark(path: string): Promise<Stored> {
  const results = await readResults(path);
  const [result] = resultsOf('benchmark', results);
  if (result === undefined || results.length > 1) {
    throw new UsageError(
      `${path} is not the result of one benchmark: give a file that minibit bench wrote with --json.`,
    );
  }
  return { path, result };
}

async function report(result: CompareResult, files: ReportFiles): Promise<number> {
  printResults(result);
  await writeReports([result], files);
  return kinds.compare.exitCode(result);
}
