import { Command, type Option } from 'commander';
import { compare } from '../bench/compare/compare.ts';
import { compareMicro, findCheckouts } from '../bench/compare/micro.ts';
import { loadSides } from '../bench/compare/side.ts';
import { compareStored, isShaped, type Stored } from '../bench/compare/stored.ts';
import { defaultFloorPercent, leastRounds } from '../bench/compare/gate/limits.ts';
import { linkShape, parseBandwidth, parseDuration } from '../bench/grid/link-options.ts';
import { makeTextFile } from '../bench/swarm/shared-file.ts';
import { parseSize } from '../bench/grid/size.ts';
import { throwProblems } from '../launch/documents/problem.ts';
import { readJson } from '../launch/documents/read-json.ts';
import { UsageError } from '../launch/usage-error.ts';
import { compareReport } from '../reports/terminal/compare-report.ts';
import { microLine, roundLine } from '../reports/terminal/compare-progress.ts';
import type { BenchmarkResult, CompareResult } from '../schemas/types.ts';
import { checkDocument } from '../schemas/validate.ts';
import { readBudget } from './options/budget.ts';
import { percentage, wholeNumber, wholeNumbers } from './options/numbers.ts';
import { withSession } from './session/with-session.ts';
import { addCompareFiles, checkCompareFiles, writeCompareFiles, type CompareFiles } from './output/compare-files.ts';

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
  micro?: boolean;
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
    .option('--latency <time>', 'shape the links: hold back each byte, one way, such as 5ms', parseDuration)
    .option('--bandwidth <rate>', 'shape the links: bytes per second and direction, such as 10MB/s', parseBandwidth)
    .option(
      '--floor <percent>',
      'smaller changes of time do not count (default: 5, on shaped links 3)',
      percentage('--floor'),
    )
    .option('--budget <file>', 'which actions may be sent more often, and why')
    .option('--micro', 'also compare the micro-benchmarks of two checkouts of this harness')
    .option('--window <k>', 'block requests in flight per peer, if it can', wholeNumber('--window', 1, 10_000), 1)
    .option('--seed <n>', 'seed of the coin and of the text', wholeNumber('--seed', 0, 2 ** 31 - 1), 1)
    .option('--keep', 'keep the workspaces of the programs');
  return addCompareFiles(command).action(async (results: string[], options: Options) => {
    const given = command.options.filter((option) => command.getOptionValueSource(option.attributeName()) === 'cli');
    process.exitCode = await compareFrom(results, options, given);
  });
}

/** What says how to measure: a stored result has been measured. */
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

async function compareFrom(results: readonly string[], options: Options, given: readonly Option[]): Promise<number> {
  await checkCompareFiles(options);
  const { base, head } = options;
  const [one, other, ...more] = results;
  if (base !== undefined && head !== undefined && one === undefined) return compareBuilds(base, head, options);
  if (base === undefined && head === undefined && one !== undefined && other !== undefined && more.length === 0) {
    const idle = given.find((option) => measuring.some((name) => name === option.attributeName()));
    if (idle)
      throw new UsageError(`${idle.long}: two stored results are compared as they were measured; leave it out.`);
    return compareResults(one, other, options);
  }
  throw new UsageError('Give the two builds with --base and --head, or two stored results, base first.');
}

/** Both builds take turns here and now. */
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
  const tell = (line: string): void => void process.stderr.write(line);
  return withSession({ keep: options.keep === true }, async (session, signal) => {
    const sides = await loadSides(session, base, head);
    const checkouts = options.micro ? await findCheckouts(sides) : undefined;
    const micro =
      checkouts &&
      (() => compareMicro(checkouts, plan, signal, (batch, round) => tell(microLine(batch, round, plan.rounds))));
    const result = await compare(session, sides, plan, signal, (progress) => tell(roundLine(progress)), micro);
    return report(result, options);
  });
}

/** What two runs of `minibit bench` have left. */
async function compareResults(base: string, head: string, options: Options): Promise<number> {
  const stored = { base: await readStored(base), head: await readStored(head) };
  const floorPercent = options.floor ?? defaultFloorPercent[isShaped(stored.head.result) ? 'shaped' : 'loopback'];
  return report(
    compareStored(stored.base, stored.head, { floorPercent, budget: await readBudget(options.budget) }),
    options,
  );
}

async function readStored(path: string): Promise<Stored> {
  const value = await readJson(path);
  throwProblems(
    path,
    checkDocument('benchmark-result', value).map(({ path: field, message }) => ({ field, message: `${message}.` })),
  );
  return { path, result: value as BenchmarkResult };
}

async function report(result: CompareResult, files: CompareFiles): Promise<number> {
  process.stdout.write(compareReport(result));
  await writeCompareFiles(result, files);
  return result.exitCode;
}
