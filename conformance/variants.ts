import { Command } from 'commander';
import { Run } from '../impl/launch/run.ts';
import { implementationOf, variants, type Variant } from '../impl/variants/catalogue.ts';
import { defaultJobs } from './jobs.ts';
import { judge, type CaseResult } from './judge.ts';
import { selectCases } from './select.ts';

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

const chosen = variants.filter(({ id }) => options.only?.includes(id) ?? true);
let blamed = 0;

const run = await Run.open();
try {
  for (const variant of chosen) report(variant, await judged(variant, run));
} finally {
  await run.close();
}
console.log(`\n${chosen.length - blamed} of ${chosen.length} correct variants are blamed for nothing.`);
process.exitCode = blamed === 0 ? 0 : 1;

async function judged(variant: Variant, opened: Run): Promise<{ results: CaseResult[]; seconds: number }> {
  const implementation = await implementationOf(variant);
  const { role } = variant;
  const cases = selectCases(options.case).filter(
    (item) => options.everyRole || role === undefined || item.role === role,
  );
  const jobs = options.jobs === undefined ? defaultJobs(implementation) : Number(options.jobs);
  const startMs = performance.now();
  const results = await judge(cases, { run: opened, implementation, seed: 1 }, { jobs, repro: (id) => id });
  return { results, seconds: (performance.now() - startMs) / 1000 };
}

function report({ id, what }: Variant, { results, seconds }: { results: CaseResult[]; seconds: number }): void {
  const wrong = results.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn' || verdict === 'error');
  if (wrong.length > 0) blamed += 1;
  const judgement = wrong.length > 0 ? 'BLAMED' : 'fine  ';
  console.log(`${judgement} ${id} (${results.length} cases in ${seconds.toFixed(0)} s): ${what}`);
  for (const item of wrong) console.log(`       ${item.verdict} ${item.id}: ${item.message}`);
}
