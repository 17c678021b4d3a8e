import { Command } from 'commander';
import { Run } from '../impl/launch/run.ts';
import { implementationOf, variants, type Variant } from '../impl/variants/catalogue.ts';
import { defaultJobs } from './jobs.ts';
import { judge, type CaseResult, type JudgeOptions } from './judge.ts';
import { selectCases } from './select.ts';
import { sideBySide, type Share } from './side-by-side.ts';

interface Options {
  only?: string[];
  case: string[];
  jobs?: string;
  everyRole?: boolean;
}

const options = new Command('variants')
  .description('run the suite on correct implementations of many kinds, and list whatever blames one of them')
  .option('--only <ids...>', 'only these variants')
  .option('--case <ids...>', 'only these cases, clauses or groups of clauses', [])
  .option('--jobs <n>', 'cases that run side by side')
  .option('--every-role', 'judge also the role in which a variant is like its base')
  .parse()
  .opts<Options>();

/** Over all variants, of which many wait. */
const MOST_JOBS = 16;

const chosen = variants.filter(({ id }) => options.only?.includes(id) ?? true);
let blamed = 0;

const run = await Run.open();
try {
  const shares = await Promise.all(chosen.map((variant) => shareOf(variant, run)));
  await sideBySide(shares, options.jobs === undefined ? MOST_JOBS : Number(options.jobs));
} finally {
  await run.close();
}
console.log(`\n${chosen.length - blamed} of ${chosen.length} correct variants are blamed for nothing.`);
process.exitCode = blamed === 0 ? 0 : 1;

async function shareOf(variant: Variant, opened: Run): Promise<Share<void>> {
  const implementation = await implementationOf(variant);
  const { role } = variant;
  const cases = selectCases(options.case).filter(
    (item) => options.everyRole || role === undefined || item.role === role,
  );
  const work = async (jobs: JudgeOptions['jobs']): Promise<void> => {
    const startMs = performance.now();
    const results = await judge(cases, { run: opened, implementation, seed: 1 }, { jobs, repro: (id) => id });
    report(variant, { results, seconds: (performance.now() - startMs) / 1000 });
  };
  return { most: defaultJobs(implementation), work };
}

function report({ id, what }: Variant, { results, seconds }: { results: CaseResult[]; seconds: number }): void {
  const wrong = results.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn' || verdict === 'error');
  if (wrong.length > 0) blamed += 1;
  const judgement = wrong.length > 0 ? 'BLAMED' : 'fine  ';
  console.log(`${judgement} ${id} (${results.length} cases in ${seconds.toFixed(0)} s): ${what}`);
  for (const item of wrong) console.log(`       ${item.verdict} ${item.id}: ${item.message}`);
}
