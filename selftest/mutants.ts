// Mutation test of the suite: judges every known-bad implementation, and checks that a case of the violated clause finds
// each defect, and that every case finds one. Run by `npm run mutants`.
import { Command } from 'commander';
import { script } from '../cli/session/script.ts';
import { clauseOf, type Case } from '../conformance/cases/case.ts';
import { allCases } from '../conformance/cases/index.ts';
import { defaultJobs } from '../conformance/judge/default-jobs.ts';
import { judgeCases, type JudgeOptions } from '../conformance/judge/judge-cases.ts';
import { sideBySide } from '../conformance/judge/side-by-side.ts';
import { loadImplementation } from '../launch/manifest/load-implementation.ts';
import { Session } from '../launch/session.ts';
import { mutants, type Mutant } from './catalogue/mutants.ts';
import { selectById } from './select-by-id.ts';

interface Options {
  only?: string[];
  all?: boolean;
}

interface MutantResult {
  readonly mutant: Mutant;
  /** The cases with the verdict fail or warn, the expected ones first. */
  readonly failing: readonly Case[];
}

const program = new Command('mutants')
  .description('judge every known-bad implementation, and print which cases find its defect')
  .option('--only <ids...>', 'only these known-bad implementations')
  .option('--all', 'run all cases on each; without it, the other cases run only if those of the violated clause pass');

const cases = [...allCases.values()];

await script(async () => {
  const options = program.exitOverride().parse().opts<Options>();
  const selected = selectById(mutants, options.only);
  const session = await Session.open();
  try {
    const maxJobs = defaultJobs(await loadImplementation());
    const results = await sideBySide(
      selected.map((mutant) => ({ maxJobs, run: (limit) => judgeMutant(mutant, session, limit, options) })),
      maxJobs,
    );
    return printSummary(results, options) ? 0 : 1;
  } finally {
    await session.close();
  }
});

async function judgeMutant(
  mutant: Mutant,
  session: Session,
  jobs: JudgeOptions['jobs'],
  options: Options,
): Promise<MutantResult> {
  const subject = { session, implementation: await mutant.load(), seed: 1 };
  const failingAmong = async (selected: readonly Case[]): Promise<Case[]> => {
    const results = await judgeCases(selected, subject, { jobs, repro: (id) => id });
    const failing = results.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn');
    return failing.flatMap(({ id }) => allCases.get(id) ?? []);
  };
  const failing = await failingAmong(cases.filter(mutant.isExpected));
  const isFound = failing.length > 0;
  if (!isFound || options.all) {
    failing.push(...(await failingAmong(cases.filter((item) => !mutant.isExpected(item)))));
  }
  const names = failing.map(({ id }) => id).join(' ') || 'no case';
  console.log(`${isFound ? 'found ' : 'MISSED'} ${mutant.id} (${mutant.defect}): ${names}`);
  return { mutant, failing };
}

/** @returns whether every defect was found by a case of its own clause, and every case found a defect */
function printSummary(results: readonly MutantResult[], options: Options): boolean {
  const missed = results.filter(({ failing }) => failing.length === 0);
  const foundElsewhere = results.filter(
    ({ mutant, failing: [first] }) => first !== undefined && !mutant.isExpected(first),
  );
  const found = results.length - missed.length - foundElsewhere.length;
  console.log(`\n${found} of ${results.length} defects found by a case of the violated clause.`);
  // Only a run of all mutants shows that a case finds none.
  const idle = options.only === undefined ? casesWithoutFinding(results) : [];
  printList('Defects found by no case', missed, ({ mutant }) => mutant.id);
  printList('Defects found only by cases of other clauses', foundElsewhere, ({ mutant }) => mutant.id);
  printList('Cases that found no defect', idle, ({ id }) => id);
  return found === results.length && idle.length === 0;
}

function casesWithoutFinding(results: readonly MutantResult[]): Case[] {
  const failing = new Set(results.flatMap((result) => result.failing));
  const required = cases.filter((item) => clauseOf(item).level !== 'MAY');
  const idle = required.filter((item) => !failing.has(item));
  console.log(`${required.length - idle.length} of ${required.length} cases found a defect.`);
  return idle;
}

function printList<Item>(title: string, items: readonly Item[], name: (item: Item) => string): void {
  if (items.length > 0) console.log(`${title}: ${items.map(name).join(' ')}`);
}
