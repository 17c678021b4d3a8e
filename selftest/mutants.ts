import { Command } from 'commander';
import { script } from '../cli/session/script.ts';
import { defects, genericManifests, loadMutant } from './catalogue/broken.ts';
import { loadImplementation } from '../launch/manifest/load-implementation.ts';
import type { Implementation } from '../launch/manifest/implementation.ts';
import { Session } from '../launch/session.ts';
import { clauseOf, rootCase, type Case } from '../conformance/cases/case.ts';
import { allCases } from '../conformance/cases/index.ts';
import { defaultJobs } from '../conformance/judge/default-jobs.ts';
import { judgeCases, type JudgeOptions } from '../conformance/judge/judge-cases.ts';
import { selectById } from './select-by-id.ts';
import { sideBySide } from '../conformance/judge/side-by-side.ts';

interface Options {
  only?: string[];
  all?: boolean;
}

/** A known-bad implementation. */
interface Mutant {
  readonly id: string;
  /** What is broken: the id of a clause, or words. */
  readonly breaks: string;
  /** Whether a case ought to find it. */
  readonly isOwn: (item: Case) => boolean;
  readonly load: () => Promise<Implementation>;
}

/** How a known-bad implementation fared. */
interface Finding {
  readonly mutant: Mutant;
  /** The cases that turned red, its own ones first. */
  readonly red: readonly Case[];
}

const program = new Command('mutants')
  .description('run the suite on every known-bad implementation, and print which case finds which defect')
  .option('--only <ids...>', 'only these known-bad implementations')
  .option('--all', 'run all cases on each, not only its own ones, and the others if those do not find it');

const roots: readonly string[] = Object.values(rootCase);

const everyMutant: Mutant[] = [
  ...defects.map((defect) => ({
    id: defect.id,
    breaks: defect.clause,
    isOwn: (item: Case) => clauseOf(item).id === defect.clause,
    load: () => loadMutant(defect),
  })),
  ...[...genericManifests].map(([id, path]) => ({
    id,
    breaks: 'no implementation at all',
    isOwn: ({ id: caseId }: Case) => roots.includes(caseId) || caseId.startsWith('wire.'),
    load: () => loadImplementation(path),
  })),
];
const cases = [...allCases.values()];

await script(async () => {
  const options = program.exitOverride().parse().opts<Options>();
  const mutants = selectById(everyMutant, options.only);
  const session = await Session.open();
  try {
    const maxJobs = defaultJobs(await loadImplementation());
    const findings = await sideBySide(
      mutants.map((mutant) => ({ maxJobs, run: (limit) => examine(mutant, session, limit, options) })),
      maxJobs,
    );
    return summarize(findings, options) ? 0 : 1;
  } finally {
    await session.close();
  }
});

async function examine(
  mutant: Mutant,
  opened: Session,
  jobs: JudgeOptions['jobs'],
  options: Options,
): Promise<Finding> {
  const subject = { session: opened, implementation: await mutant.load(), seed: 1 };
  const played = async (chosen: readonly Case[]): Promise<Case[]> => {
    const results = await judgeCases(chosen, subject, { jobs, repro: (id) => id });
    const reds = results.filter(({ verdict }) => verdict === 'fail' || verdict === 'warn');
    return reds.flatMap(({ id }) => allCases.get(id) ?? []);
  };
  const red = await played(cases.filter(mutant.isOwn));
  const isFound = red.length > 0;
  if (!isFound || options.all) red.push(...(await played(cases.filter((item) => !mutant.isOwn(item)))));
  const names = red.map(({ id }) => id).join(' ') || 'nothing';
  console.log(`${isFound ? 'found ' : 'MISSED'} ${mutant.id} (${mutant.breaks}): ${names}`);
  return { mutant, red };
}

/** Prints what is wrong with the catalogue or the cases; true if nothing is. */
function summarize(found: readonly Finding[], options: Options): boolean {
  const missed = found.filter(({ red }) => red.length === 0);
  const unrelated = found.filter(({ mutant, red: [first] }) => first !== undefined && !mutant.isOwn(first));
  const red = new Set(found.flatMap((finding) => finding.red));
  const judging = cases.filter((item) => clauseOf(item).level !== 'MAY');
  const green = options.only === undefined ? judging.filter((item) => !red.has(item)) : [];
  const own = found.length - missed.length - unrelated.length;
  console.log(`\n${own} of ${found.length} known-bad implementations are found by a case of their own clause.`);
  if (options.only === undefined) {
    console.log(`${judging.length - green.length} of ${judging.length} cases find one.`);
  }
  list('Found by no case', missed, ({ mutant }) => mutant.id);
  list('Found only by cases of other clauses', unrelated, ({ mutant }) => mutant.id);
  list('Cases that find nothing', green, ({ id }) => id);
  return own === found.length && green.length === 0;
}

function list<Item>(title: string, items: readonly Item[], name: (item: Item) => string): void {
  if (items.length > 0) console.log(`${title}: ${items.map(name).join(' ')}`);
}
