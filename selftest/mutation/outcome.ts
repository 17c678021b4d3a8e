import type { Case } from '../../conformance/cases/case.ts';
import { allCases } from '../../conformance/cases/index.ts';
import type { Starts } from '../../conformance/judge/starts/check-starts.ts';
import type { ConformanceCase } from '../../schemas/types.ts';
import type { Mutant } from '../catalogue/mutants.ts';

/** What judging a known-bad implementation showed. */
export interface Outcome {
  readonly mutant: Pick<Mutant, 'id' | 'defect' | 'isImplementation'>;
  /** The expected cases that blame it. */
  readonly finding: readonly Case[];
  /** Cases that blame it for clauses that it does not violate. */
  readonly overBlaming: readonly Case[];
  /** A program of it does not start, so that no case is about it: what is no implementation is found by that. */
  readonly doesNotStart: boolean;
  /** How many cases were not testable. */
  readonly untestable: number;
}

/** What judging an implementation came to. */
interface Judged {
  readonly starts: Starts;
  readonly results: readonly ConformanceCase[];
}

/** The cases that blame an implementation: those with the verdict fail or warn. */
export function blaming(results: readonly ConformanceCase[]): Case[] {
  return results
    .filter(({ verdict }) => verdict === 'fail' || verdict === 'warn')
    .flatMap(({ id }) => allCases.get(id) ?? []);
}

export function outcomeOf(mutant: Mutant, { starts, results }: Judged): Outcome {
  const blamed = blaming(results);
  return {
    mutant,
    finding: blamed.filter(mutant.isExpected),
    overBlaming: blamed.filter((item) => !mutant.isExpected(item) && !mutant.isRightly(item)),
    doesNotStart: Object.values(starts).some(({ verdict }) => verdict === 'does-not-start'),
    untestable: results.filter(({ verdict }) => verdict === 'error').length,
  };
}

/** Whether the defect was found. Of a defect in an implementation, the verdict that it does not start names no clause. */
export function isFound({ mutant, finding, doesNotStart }: Outcome): boolean {
  return finding.length > 0 || (doesNotStart && !mutant.isImplementation);
}

/** An outcome in a line. */
export function describeOutcome(outcome: Outcome): string {
  const { mutant, finding, overBlaming, untestable, doesNotStart } = outcome;
  const ids = (cases: readonly Case[]): string => cases.map(({ id }) => id).join(' ');
  const found = isFound(outcome) ? 'found ' : 'MISSED';
  const by = ids(finding) || (doesNotStart ? 'does not start' : 'no case');
  const other = overBlaming.length > 0 ? `; OVER-BLAME: ${ids(overBlaming)}` : '';
  const blocked = untestable > 0 ? `; ${untestable} not testable` : '';
  return `${found} ${mutant.id} (${mutant.defect}): ${by}${other}${blocked}`;
}
