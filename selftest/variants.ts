// Checks the suite for false positives: judges correct implementations that use the freedoms of the protocol, and fails if
// a case blames one of them, or was judged with help. Run by `npm run variants`.
import { Command } from 'commander';
import { integer } from '../cli/options/numbers.ts';
import { script } from '../cli/session/script.ts';
import type { Case } from '../conformance/cases/case.ts';
import { defaultJobs } from '../conformance/judge/starts/default-jobs.ts';
import { judgeWithStarts } from '../conformance/judge/starts/judge-with-starts.ts';
import { selectCases } from '../conformance/judge/select-cases.ts';
import { sideBySide, type Workload } from '../conformance/judge/side-by-side.ts';
import { Session } from '../launch/session.ts';
import type { ConformanceCase } from '../schemas/types.ts';
import { loadVariant, variants, type Variant } from './catalogue/variants.ts';
import { selectById } from './select-by-id.ts';

interface Options {
  only?: string[];
  case: string[];
  jobs: number;
  thorough?: boolean;
  everyRole?: boolean;
}

const program = new Command('variants')
  .description('judge correct implementations of many kinds, and print every false positive')
  .option('--only <ids...>', 'only these variants')
  .option('--case <ids...>', 'only these cases, clauses or groups of clauses', [])
  .option('--thorough', 'also the cases for what time or number alone shows')
  .option('--jobs <n>', 'cases to run at the same time, over all variants', integer('--jobs', 1, 1000), 16)
  .option('--every-role', 'also judge the role in which a variant does not differ from its base');

await script(async () => {
  const options = program.exitOverride().parse().opts<Options>();
  const selected = selectById(variants, options.only);
  const cases = selectCases(options.case, options.thorough);
  const session = await Session.open();
  try {
    const workloads = await Promise.all(selected.map((variant) => workloadOf(variant, cases, session, options)));
    const accepted = await sideBySide(workloads, options.jobs);
    const count = accepted.filter(Boolean).length;
    console.log(`\nNo false positives on ${count} of ${selected.length} correct variants.`);
    return count === selected.length ? 0 : 1;
  } finally {
    await session.close();
  }
});

/** Its result: whether all cases accept the variant. */
async function workloadOf(
  variant: Variant,
  selected: readonly Case[],
  session: Session,
  { everyRole }: Options,
): Promise<Workload<boolean>> {
  const implementation = await loadVariant(variant);
  const { role } = variant;
  const cases = selected.filter((item) => everyRole || role === undefined || item.role === role);
  return {
    maxJobs: defaultJobs(implementation),
    run: async (jobs) => {
      const startMs = performance.now();
      const subject = { session, implementation, seed: 1 };
      const { results } = await judgeWithStarts(cases, subject, { jobs, repro: (id) => id });
      return printVariant(variant, results, (performance.now() - startMs) / 1000);
    },
  };
}

/** @returns whether there are no false positives */
function printVariant({ id, what }: Variant, results: readonly ConformanceCase[], seconds: number): boolean {
  const wrong = results.filter(
    ({ verdict, judgedWith }) => ['fail', 'warn', 'error'].includes(verdict) || judgedWith !== undefined,
  );
  const outcome = wrong.length > 0 ? 'FALSE POSITIVE' : 'accepted';
  console.log(`${outcome} ${id} (${results.length} cases in ${seconds.toFixed(0)} s): ${what}`);
  for (const item of wrong)
    console.log(`       ${item.verdict} ${item.id}: ${[item.message, ...(item.judgedWith ?? [])].join(' ')}`);
  return wrong.length === 0;
}
