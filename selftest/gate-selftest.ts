import { availableParallelism } from 'node:os';
import { median, sampleStandardDeviation } from 'simple-statistics';
import { Command, Option } from 'commander';
import pLimit from 'p-limit';
import { integer } from '../cli/options/numbers.ts';
import { loadImplementation } from '../launch/manifest/load-implementation.ts';
import type { Implementation } from '../launch/manifest/implementation.ts';
import { Session } from '../launch/session.ts';
import { referenceWithExtraWork, referenceWithPauses, referenceWithExtraMessage } from './catalogue/slowed.ts';
import { confidenceInterval, signedPercent } from '../reports/compare/text.ts';
import { table } from '../reports/markdown/text.ts';
import type { ComparedBatch, CompareResult } from '../schemas/types.ts';
import { compare, type CompareOptions } from '../bench/compare/compare.ts';
import { sideOf } from '../bench/compare/side.ts';
import { defaultFloorPercent, leastRounds } from '../bench/compare/gate/limits.ts';
import { startLoad } from '../bench/swarm/load.ts';
import { script } from '../cli/session/script.ts';
import { makeTextFile } from '../bench/swarm/shared-file.ts';

/** What head is, beside a base that is the reference. */
const heads = new Map<string, (profile: Profile) => Promise<Implementation>>([
  ['identical', () => loadImplementation()],
  ['slower-5', ({ slower }) => slower(5)],
  ['slower-10', ({ slower }) => slower(10)],
  ['message', referenceWithExtraMessage],
]);

interface Profile extends Pick<CompareOptions, 'cells' | 'links' | 'rounds'> {
  /** By what makes the times there: the processor, or waiting. */
  readonly slower: (percent: number) => Promise<Implementation>;
}

/**
 * Where, with how much work, and in how many rounds: long enough that what is measured dominates a swarm, short enough for
 * many of them. On loopback rounds scatter so much more that the usual number would miss many a slowdown of 10 %.
 */
const profiles: Record<keyof typeof defaultFloorPercent, Profile> = {
  loopback: { cells: [{ peers: 2, blocks: 1000 }], links: undefined, rounds: 24, slower: referenceWithExtraWork },
  shaped: { cells: [{ peers: 2, blocks: 40 }], links: { latencyMs: 100 }, rounds: 12, slower: referenceWithPauses },
};

interface Options {
  head?: string[];
  profile: keyof typeof defaultFloorPercent;
  repetitions: number;
  rounds?: number;
  atOnce: number;
  load?: boolean;
  seed: number;
}

const program = new Command('gate-selftest')
  .description('run the gate on builds whose difference is known, and print how often it says what')
  .addOption(new Option('--head <kinds...>', 'which builds (default: all)').choices([...heads.keys()]))
  .addOption(new Option('--profile <profile>', 'where').choices(Object.keys(profiles)).default('shaped'))
  .option('--repetitions <n>', 'of each', integer('--repetitions', 1, 1000), 20)
  .option(
    '--rounds <n>',
    'of each batch (default: 24 on loopback, 12 on shaped links)',
    integer('--rounds', leastRounds, 100),
  )
  .option('--at-once <n>', 'repetitions side by side, which load each other', integer('--at-once', 1, 100), 1)
  .option('--load', 'keep every core busy with something else meanwhile')
  .option('--seed <n>', 'of the first repetition', integer('--seed', 0, 1_000_000), 1);

const interrupt = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => interrupt.abort(name));
const columns = 'Head,Links,Load,Runs,Exit 1,Exit 0,Exit 3,Measured,Scatter,Disturbed,Verdicts'.split(',');

await script(async () => {
  const options = program.exitOverride().parse().opts<Options>();
  const relieve = options.load ? startLoad(availableParallelism()) : () => undefined;
  const rows: string[][] = [];
  try {
    for (const [kind, load] of heads) {
      if (options.head && !options.head.includes(kind)) continue;
      const results = await repeat(kind, load, options);
      if (results.length > 0) rows.push(summary(kind, results, options));
    }
  } finally {
    relieve();
  }
  console.log(`\n${table(columns, rows)}`);
  return interrupt.signal.aborted ? 1 : 0;
});

async function repeat(
  kind: string,
  load: (profile: Profile) => Promise<Implementation>,
  options: Options,
): Promise<CompareResult[]> {
  const results: CompareResult[] = [];
  const one = async (repetition: number): Promise<void> => {
    if (interrupt.signal.aborted) return;
    const result = await once(await load(profiles[options.profile]), options.seed + repetition, options);
    if (result.interruptedBy !== undefined) return;
    results.push(result);
    const changes = result.batches
      .map(({ times }) => `${signedPercent(times.changePercent)}: ${confidenceInterval(times)}`)
      .join(', then ');
    console.log(
      `${kind} ${repetition + 1}: ${result.verdict} (${changes}), exit code ${result.exitCode}. ${result.reasons[0] ?? ''}`,
    );
  };
  await pLimit(options.atOnce).map(Array.from({ length: options.repetitions }).keys(), one);
  return results;
}

async function once(head: Implementation, seed: number, options: Options): Promise<CompareResult> {
  const session = await Session.open();
  const onAbort = (): void => void session.close();
  interrupt.signal.addEventListener('abort', onAbort);
  try {
    const base = await loadImplementation();
    const sides = { base: await sideOf(base.manifest.name, base), head: await sideOf(head.manifest.name, head) };
    const { cells, links, rounds } = profiles[options.profile];
    const floorPercent = defaultFloorPercent[options.profile];
    const plan = {
      cells,
      links,
      floorPercent,
      rounds: options.rounds ?? rounds,
      window: 1,
      seed,
    };
    const file = makeTextFile(11_000, seed);
    return await compare(session, sides, { ...plan, file, budget: [] }, interrupt.signal, () => undefined);
  } finally {
    interrupt.signal.removeEventListener('abort', onAbort);
    await session.close();
  }
}

function summary(kind: string, results: readonly CompareResult[], options: Options): string[] {
  const ended = (code: number): string => String(results.filter(({ exitCode }) => exitCode === code).length);
  const changes = results.flatMap(({ batches }) => batches.flatMap(({ times }) => times.changePercent ?? []));
  const rounds = results.flatMap(({ batches }) => batches.flatMap((batch) => batch.rounds));
  const verdicts = [...new Set(results.map(({ verdict }) => verdict))];
  return [
    kind,
    options.profile,
    [options.load ? 'every core' : '', options.atOnce > 1 ? `${options.atOnce} at once` : '']
      .filter(Boolean)
      .join(', '),
    String(results.length),
    ended(1),
    ended(0),
    ended(3),
    `${signedPercent(Math.min(...changes))} … ${signedPercent(Math.max(...changes))}`,
    `${median(results.flatMap(({ batches }) => batches.map(scatterPercent))).toFixed(1)} %`,
    `${((100 * rounds.filter(({ disturbed }) => disturbed).length) / rounds.length).toFixed(0)} %`,
    verdicts.map((verdict) => `${results.filter((result) => result.verdict === verdict).length} ${verdict}`).join(', '),
  ];
}

/** The standard deviation of the rounds of a batch. */
function scatterPercent({ rounds }: ComparedBatch): number {
  const logRatios = rounds.flatMap(({ logRatio }) => logRatio ?? []);
  return logRatios.length < 2 ? 0 : 100 * sampleStandardDeviation(logRatios);
}
