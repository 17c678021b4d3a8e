// Mutation test of the suite: judges known-bad implementations with all cases, and checks that a case of the violated clause
// finds each defect, that no other clause is blamed for it, and that every case finds a defect. With --together, programs
// have several defects at once. Run by `npm run mutants`.
import { Command } from 'commander';
import { integer, seed } from '../cli/options/numbers.ts';
import { script } from '../cli/session/script.ts';
import type { Case } from '../conformance/cases/case.ts';
import { allCases } from '../conformance/cases/index.ts';
import { defaultJobs } from '../conformance/judge/starts/default-jobs.ts';
import type { JudgeOptions } from '../conformance/judge/judge-cases.ts';
import { selectCases } from '../conformance/judge/select-cases.ts';
import { judgeWithStarts } from '../conformance/judge/starts/judge-with-starts.ts';
import { sideBySide } from '../conformance/judge/side-by-side.ts';
import { randomFor } from '../conformance/stage/random.ts';
import type { Implementation } from '../launch/manifest/implementation.ts';
import { loadImplementation } from '../launch/manifest/load-implementation.ts';
import { Session } from '../launch/session.ts';
import { defects, loadMutant } from './catalogue/broken.ts';
import { mutants, type Mutant } from './catalogue/mutants.ts';
import { drawTogether, readPython } from './mutation/combine.ts';
import { describeOutcome, outcomeOf, type Outcome } from './mutation/outcome.ts';
import { summarize } from './mutation/summary.ts';
import { describeTogether, summarizeTogether, togetherOutcome, type TogetherOutcome } from './mutation/together.ts';
import { selectById } from './select-by-id.ts';

interface Options {
  only?: string[];
  own?: boolean;
  sample?: number;
  together?: number;
  repetitions: number;
  seed: number;
  jobs?: number;
}

const program = new Command('mutants')
  .description(
    'judge known-bad implementations, and print which cases find their defects, and which blame anything else',
  )
  .option('--only <ids...>', 'only these known-bad implementations')
  .option('--own', 'only the cases of the violated clause')
  .option('--sample <n>', 'only so many known-bad implementations, drawn by the seed', integer('--sample', 1, 1_000))
  .option('--together <n>', 'programs with so many defects at once, drawn by the seed', integer('--together', 2, 30))
  .option('--repetitions <n>', 'with --together: how many programs', integer('--repetitions', 1, 1_000), 20)
  .option('--seed <n>', 'seed of the draws', seed, 1)
  .option('--jobs <n>', 'cases to run at the same time, over all programs', integer('--jobs', 1, 1_000));

const cases = selectCases([]);

await script(async () => {
  const options = program.exitOverride().parse().opts<Options>();
  const session = await Session.open();
  try {
    const { lines, isGood } = await (options.together === undefined
      ? judgeMutants(session, options)
      : judgeTogether(session, options, options.together));
    for (const line of ['', ...lines]) console.log(line);
    return isGood ? 0 : 1;
  } finally {
    await session.close();
  }
});

async function judgeMutants(session: Session, options: Options): Promise<ReturnType<typeof summarize>> {
  const selected = selectById(mutants, options.only);
  const drawn = randomFor(options.seed, 'sample')
    .shuffle(selected)
    .slice(0, options.sample ?? selected.length);
  const judgeOne = async (mutant: Mutant, jobs: JudgeOptions['jobs']): Promise<Outcome> => {
    const played = [...allCases.values()].filter(
      (item) => mutant.isPlayed(item) && (options.own !== true || mutant.isExpected(item)),
    );
    const outcome = outcomeOf(mutant, await judge(played, await mutant.load(), session, jobs));
    console.log(describeOutcome(outcome));
    return outcome;
  };
  const outcomes = await allSideBySide(drawn, options, judgeOne);
  return summarize(outcomes, drawn.length === mutants.length ? [...allCases.values()] : []);
}

async function judgeTogether(
  session: Session,
  options: Options,
  together: number,
): Promise<ReturnType<typeof summarizeTogether>> {
  const candidates = defects.filter(
    ({ base, thorough, onComplete }) => base === 'impl/python' && thorough !== true && onComplete === undefined,
  );
  const random = randomFor(options.seed, 'together');
  const draws = Array.from({ length: options.repetitions }, () =>
    drawTogether(candidates, together, random, readPython),
  );
  const outcomes = await allSideBySide(draws, options, async (drawn, jobs): Promise<TogetherOutcome> => {
    const [first, ...others] = drawn;
    if (first === undefined) throw new Error('No defects were drawn.');
    const { results } = await judge(cases, await loadMutant(first, ...others), session, jobs);
    const outcome = togetherOutcome(drawn, results);
    console.log(describeTogether(outcome));
    return outcome;
  });
  return summarizeTogether(outcomes, cases.length);
}

async function allSideBySide<Item, Result>(
  items: readonly Item[],
  options: Options,
  run: (item: Item, jobs: JudgeOptions['jobs']) => Promise<Result>,
): Promise<Result[]> {
  const maxJobs = defaultJobs(await loadImplementation());
  const workloads = items.map((item) => ({ maxJobs, run: (limit: JudgeOptions['jobs']) => run(item, limit) }));
  return sideBySide(workloads, options.jobs ?? maxJobs);
}

function judge(
  played: readonly Case[],
  implementation: Implementation,
  session: Session,
  jobs: JudgeOptions['jobs'],
): ReturnType<typeof judgeWithStarts> {
  return judgeWithStarts(played, { session, implementation, seed: 1 }, { jobs, repro: (id) => id });
}
