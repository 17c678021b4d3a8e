import type { Case } from '../../conformance/cases/case.ts';
import { allCases } from '../../conformance/cases/index.ts';
import type { ConformanceCase } from '../../schemas/types.ts';
import type { Mutant } from '../catalogue/mutants.ts';

/** What judging a known-bad implementation showed. */
export interface Outcome {
  readonly mutant: Pick<Mutant, 'id' | 'defect'>;
  /** The expected cases that blame it. */
  readonly finding: readonly Case[];
  /** Cases that blame it for clauses that it does not violate. */
  readonly overBlaming: readonly Case[];
  /** How many cases were not testable. */
  readonly untestable: number;
}

/** The cases that blame an implementation: those with the verdict fail or warn. */
export function blaming(results: readonly ConformanceCase[]): Case[] {
  return results
    .filter(({ verdict }) => verdict === 'fail' || verdict === 'warn')
    .flatMap(({ id }) => allCases.get(id) ?? []);
}

export function outcomeOf(mutant: Mutant, results: readonly ConformanceCase[]): Outcome {
  const blamed = blaming(results);
  return {
    mutant,
    finding: blamed.filter(mutant.isExpected),
    overBlaming: blamed.filter((item) => !mutant.isExpected(item) && !mutant.isRightly(item)),
    untestable: results.filter(({ verdict }) => verdict === 'error').length,
  };
}

/** An outcome in a line. */
export function describeOutcome({ mutant, finding, overBlaming, untestable }: Outcome): string {
  const ids = (cases: readonly Case[]): string => cases.map(({ id }) => id).join(' ');
  const isFound = finding.length > 0 ? 'found ' : 'MISSED';
  const other = overBlaming.length > 0 ? `; OVER-BLAME: ${ids(overBlaming)}` : '';
  const blocked = untestable > 0 ? `; ${untestable} not testable` : '';
  return `${isFound} ${mutant.id} (${mutant.defect}): ${ids(finding) || 'no case'}${other}${blocked}`;
}
