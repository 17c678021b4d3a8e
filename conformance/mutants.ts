import { Command } from 'commander';
import pLimit from 'p-limit';
import { defects, genericManifests, implementationWith } from '../impl/broken/catalogue.ts';
import { loadImplementation, type Implementation } from '../impl/launch/manifest.ts';
import { Run } from '../impl/launch/run.ts';
import { clauseOf, ROOT_CASE, type Case } from './case.ts';
import { allCases } from './cases/index.ts';
import { defaultJobs } from './jobs.ts';
import { judge, type CaseResult } from './judge.ts';

interface Options {
  only?: string[];
  all?: boolean;
}

const SIDE_BY_SIDE = 3;

/** A known-bad implementation. */
interface Mutant {
  readonly id: string;
  /** What is broken, in words. */
  readonly breaks: string;
  /** Whether a case ought to find it. */
  readonly isOwn: (item: Case) => boolean;
  readonly load: () => Promise<Implementation>;
}

const options = new Command('mutants')
  .description('run the suite on every known-bad implementation, and print which case finds which defect')
  .option('--only <ids...>', 'only these known-bad implementations')
  .option('--all', 'run all cases on each, not only those that ought to find it')
  .parse()
  .opts<Options>();

const everyMutant: Mutant[] = [
  ...defects.map((defect) => ({
    id: defect.id,
    breaks: defect.clause,
    isOwn: (item: Case) => clauseOf(item).id === defect.clause,
    load: () => implementationWith(defect),
  })),
  ...[...genericManifests].map(([id, path]) => ({
    id,
    breaks: 'no implementation at all',
    isOwn: ({ id: caseId }: Case) => Object.values<string>(ROOT_CASE).includes(caseId) || caseId.startsWith('wire.'),
    load: () => loadImplementation(path),
  })),
];
const mutants = everyMutant.filter(({ id }) => options.only?.includes(id) ?? true);
const red = new Set<string>();
let missed = 0;

const run = await Run.open();
try {
  // Whatever is broken is mostly waited for, so several can be judged at once.
  const limit = pLimit(SIDE_BY_SIDE);
  await Promise.all(mutants.map((mutant) => limit(async () => report(mutant, await findings(mutant, run)))));
} finally {
  await run.close();
}
const cases = [...allCases.values()].filter((item) => clauseOf(item).level !== 'MAY');
const green = cases.filter(({ id }) => !red.has(id));
console.log(
  `\n${mutants.length - missed} of ${mutants.length} known-bad implementations found by a case of their own clause.`,
);
console.log(
  `${cases.length - green.length} of ${cases.length} cases turned red; never: ${green.map(({ id }) => id).join(', ')}`,
);
process.exitCode = missed === 0 ? 0 : 1;

async function findings({ isOwn, load }: Mutant, opened: Run): Promise<CaseResult[]> {
  const implementation = await load();
  const chosen = [...allCases.values()].filter((item) => options.all === true || isOwn(item));
  const results = await judge(
    chosen,
    { run: opened, implementation, seed: 1 },
    { jobs: defaultJobs(implementation), repro: (id) => id },
  );
  for (const { id, verdict } of results) if (verdict === 'fail' || verdict === 'warn') red.add(id);
  return results;
}

function report({ id, breaks, isOwn }: Mutant, results: readonly CaseResult[]): void {
  const found = results.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn');
  const isFound = found.some((result) => isOwn(allCases.get(result.id) as Case));
  if (!isFound) missed += 1;
  const errors = results.filter(({ verdict }) => verdict === 'error');
  console.log(
    `${isFound ? 'found ' : 'MISSED'} ${id} (${breaks}): ${found.map((item) => item.id).join(', ') || 'nothing'}`,
  );
  if (!isFound) for (const { id: name, message } of errors) console.log(`       ${name}: ${message}`);
}
