import { Command } from 'commander';
import { integer } from '../cli/options/numbers.ts';
import { script } from '../cli/session/script.ts';
import { Session } from '../launch/session.ts';
import type { ConformanceCase } from '../schemas/types.ts';
import { loadVariant, variants, type Variant } from './catalogue/variants.ts';
import type { Case } from '../conformance/cases/case.ts';
import { defaultJobs } from '../conformance/judge/default-jobs.ts';
import { judgeCases, type JudgeOptions } from '../conformance/judge/judge-cases.ts';
import { selectById } from './select-by-id.ts';
import { selectCases } from '../conformance/judge/select-cases.ts';
import { sideBySide, type Workload } from '../conformance/judge/side-by-side.ts';

interface Options {
  only?: string[];
  case: string[];
  jobs: number;
  everyRole?: boolean;
}

const program = new Command('variants')
  .description('run the suite on correct implementations of many kinds, and list whatever blames one of them')
  .option('--only <ids...>', 'only these variants')
  .option('--case <ids...>', 'only these cases, clauses or groups of clauses', [])
  .option('--jobs <n>', 'cases that run side by side, over all variants', integer('--jobs', 1, 1000), 16)
  .option('--every-role', 'judge also the role in which a variant is like its base');

let blamed = 0;

await script(async () => {
  const options = program.exitOverride().parse().opts<Options>();
  const chosen = selectById(variants, options.only);
  const cases = selectCases(options.case);
  const session = await Session.open();
  try {
    await sideBySide(
      await Promise.all(chosen.map((variant) => workloadOf(variant, cases, session, options))),
      options.jobs,
    );
  } finally {
    await session.close();
  }
  console.log(`\n${chosen.length - blamed} of ${chosen.length} correct variants are blamed for nothing.`);
  return blamed === 0 ? 0 : 1;
});

async function workloadOf(
  variant: Variant,
  selected: readonly Case[],
  opened: Session,
  { everyRole }: Options,
): Promise<Workload<void>> {
  const implementation = await loadVariant(variant);
  const { role } = variant;
  const cases = selected.filter((item) => everyRole || role === undefined || item.role === role);
  const run = async (jobs: JudgeOptions['jobs']): Promise<void> => {
    const startMs = performance.now();
    const results = await judgeCases(cases, { session: opened, implementation, seed: 1 }, { jobs, repro: (id) => id });
    report(variant, { results, seconds: (performance.now() - startMs) / 1000 });
  };
  return { maxJobs: defaultJobs(implementation), run };
}

function report({ id, what }: Variant, { results, seconds }: { results: ConformanceCase[]; seconds: number }): void {
  const wrong = results.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn' || verdict === 'error');
  if (wrong.length > 0) blamed += 1;
  const judgement = wrong.length > 0 ? 'BLAMED' : 'fine  ';
  console.log(`${judgement} ${id} (${results.length} cases in ${seconds.toFixed(0)} s): ${what}`);
  for (const item of wrong) console.log(`       ${item.verdict} ${item.id}: ${item.message}`);
}
