// Compares the reference with builds whose difference is known, many times, and prints how often the gate gave each
// verdict. Run by `npm run gate-selftest`; gate-power.ts computes the same for simulated rounds.
import { availableParallelism } from 'node:os';
import { Command, Option } from 'commander';
import pLimit from 'p-limit';
import { compare, type CompareOptions } from '../bench/compare/compare.ts';
import { defaultFloorPercent, leastRounds } from '../bench/compare/gate/limits.ts';
import { sideOf } from '../bench/compare/side.ts';
import { startLoad } from './start-load.ts';
import { makeTextFile } from '../bench/swarm/shared-file.ts';
import { integer } from '../cli/options/numbers.ts';
import { script } from '../cli/session/script.ts';
import { loadImplementation } from '../launch/manifest/load-implementation.ts';
import type { Implementation } from '../launch/manifest/implementation.ts';
import { Session } from '../launch/session.ts';
import { confidenceInterval, signedPercent } from '../reports/compare/text.ts';
import type { CompareResult } from '../schemas/types.ts';
import { referenceWithExtraMessage, referenceWithExtraWork, referenceWithPauses } from './catalogue/slowed.ts';
import { gateSummary, type GateTrial } from './gate-summary.ts';

type LoadHead = (profile: Profile) => Promise<Implementation>;

/** The build that is compared with the reference. */
const heads = new Map<string, LoadHead>([
  ['identical', () => loadImplementation()],
  ['slower-5', ({ slower }) => slower(5)],
  ['slower-10', ({ slower }) => slower(10)],
  ['message', referenceWithExtraMessage],
]);

interface Profile extends Pick<CompareOptions, 'cells' | 'links' | 'rounds'> {
  /** Slows what dominates the times in this profile: computing or waiting. */
  readonly slower: (percent: number) => Promise<Implementation>;
}

/**
 * Swarms large enough that the slowdown dominates their time, and small enough for many repetitions. Rounds scatter much
 * more on loopback: with the default number, many slowdowns of 10 % would be missed.
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
  .description('compare the reference with builds whose difference is known, and count the verdicts of the gate')
  .addOption(new Option('--head <kinds...>', 'the builds to compare (default: all)').choices([...heads.keys()]))
  .addOption(new Option('--profile <profile>', 'the links').choices(Object.keys(profiles)).default('shaped'))
  .option('--repetitions <n>', 'comparisons per build', integer('--repetitions', 1, 1000), 20)
  .option(
    '--rounds <n>',
    'rounds per batch (default: 24 on loopback, 12 on shaped links)',
    integer('--rounds', leastRounds, 100),
  )
  .option('--at-once <n>', 'comparisons to run at the same time', integer('--at-once', 1, 100), 1)
  .option('--load', 'keep every core busy with other processes')
  .option('--seed <n>', 'random seed of the first comparison', integer('--seed', 0, 1_000_000), 1);

const interrupt = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => interrupt.abort(name));

await script(async () => {
  const options = program.exitOverride().parse().opts<Options>();
  const stopLoad = options.load ? startLoad(availableParallelism()) : () => undefined;
  const atOnce = options.atOnce > 1 ? `${options.atOnce} at once` : '';
  const load = [options.load ? 'every core' : '', atOnce].filter(Boolean).join(', ');
  const trials: GateTrial[] = [];
  try {
    for (const [head, loadHead] of heads) {
      if (options.head && !options.head.includes(head)) continue;
      trials.push({ head, links: options.profile, load, results: await compareRepeatedly(head, loadHead, options) });
    }
  } finally {
    stopLoad();
  }
  console.log(`\n${gateSummary(trials)}`);
  return interrupt.signal.aborted ? 1 : 0;
});

/** The results of all comparisons that were not interrupted. */
async function compareRepeatedly(head: string, loadHead: LoadHead, options: Options): Promise<CompareResult[]> {
  const results: CompareResult[] = [];
  await pLimit(options.atOnce).map(Array.from({ length: options.repetitions }).keys(), async (repetition) => {
    if (interrupt.signal.aborted) return;
    const build = await loadHead(profiles[options.profile]);
    const result = await compareWithReference(build, options.seed + repetition, options);
    if (result.interruptedBy !== undefined) return;
    results.push(result);
    const changes = result.batches.map(
      ({ times }) => `${signedPercent(times.changePercent)}: ${confidenceInterval(times)}`,
    );
    const outcome = `${result.verdict} (${changes.join(', then ')}), exit code ${result.exitCode}`;
    console.log(`${head} ${repetition + 1}: ${outcome}. ${result.reasons[0] ?? ''}`);
  });
  return results;
}

async function compareWithReference(
  head: Implementation,
  seed: number,
  { profile, rounds }: Options,
): Promise<CompareResult> {
  const session = await Session.open();
  const onAbort = (): void => void session.close();
  interrupt.signal.addEventListener('abort', onAbort);
  try {
    const base = await loadImplementation();
    const sides = { base: await sideOf(base.manifest.name, base), head: await sideOf(head.manifest.name, head) };
    const { cells, links, rounds: defaultRounds } = profiles[profile];
    const plan: CompareOptions = {
      cells,
      links,
      floorPercent: defaultFloorPercent[profile],
      rounds: rounds ?? defaultRounds,
      window: 1,
      seed,
      file: makeTextFile(11_000, seed),
      budget: [],
    };
    return await compare(session, sides, plan, interrupt.signal, () => undefined);
  } finally {
    interrupt.signal.removeEventListener('abort', onAbort);
    await session.close();
  }
}
