import { Command } from 'commander';
import { brokenPython, pythonDefects, type Defect } from '../impl/broken/catalogue.ts';
import { Run } from '../impl/launch/run.ts';
import { clauseOf } from './case.ts';
import { allCases } from './cases/index.ts';
import { defaultJobs } from './jobs.ts';
import { judge, type CaseResult } from './judge.ts';

interface Options {
  only?: string[];
  all?: boolean;
}

const options = new Command('mutants')
  .description('run the suite on every known-bad implementation, and print which case finds which defect')
  .option('--only <ids...>', 'only these defects')
  .option('--all', 'run all cases on each defect, not only those of its clause')
  .parse()
  .opts<Options>();

const defects = pythonDefects.filter(({ id }) => options.only === undefined || options.only.includes(id));
const red = new Set<string>();
let missed = 0;

const run = await Run.open();
try {
  for (const defect of defects) report(defect, await findings(defect, run));
} finally {
  await run.close();
}
const cases = [...allCases.values()].filter((item) => clauseOf(item).level !== 'MAY');
const green = cases.filter(({ id }) => !red.has(id));
console.log(`\n${defects.length - missed} of ${defects.length} defects found by a case of their own clause.`);
console.log(
  `${cases.length - green.length} of ${cases.length} cases turned red; never: ${green.map(({ id }) => id).join(', ')}`,
);
process.exitCode = missed === 0 ? 0 : 1;

/** The cases that find the defect: those that fail or warn. */
async function findings(defect: Defect, opened: Run): Promise<CaseResult[]> {
  const implementation = await brokenPython(defect);
  const chosen = [...allCases.values()].filter((item) => options.all === true || clauseOf(item).id === defect.clause);
  const results = await judge(
    chosen,
    { run: opened, implementation, seed: 1 },
    { jobs: defaultJobs(implementation), repro: (id) => id },
  );
  for (const { id, verdict } of results) if (verdict === 'fail' || verdict === 'warn') red.add(id);
  return results;
}

function report({ id, clause }: Defect, results: readonly CaseResult[]): void {
  const found = results.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn');
  const own = found.filter((result) => result.clause === clause);
  if (own.length === 0) missed += 1;
  const errors = results.filter(({ verdict }) => verdict === 'error');
  console.log(
    `${own.length > 0 ? 'found ' : 'MISSED'} ${id} (${clause}): ${found.map((item) => item.id).join(', ') || 'nothing'}`,
  );
  if (own.length === 0) for (const { id: name, message } of errors) console.log(`       ${name}: ${message}`);
}
