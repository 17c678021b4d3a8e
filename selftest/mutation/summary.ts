import { clauseOf, type Case } from '../../conformance/cases/case.ts';
import { isFound, type Outcome } from './outcome.ts';

/** At least this share of the defects must be blamed by their own clauses only. */
const leastPreciseShare = 0.95;

export interface Summary {
  readonly lines: readonly string[];
  /** Every defect was found, every case that can find one did, and few were blamed for anything else. */
  readonly isGood: boolean;
}

/** A number of cases for most of the programs: `median 0, 9 in 10 at most 4, worst 21`. */
export function distribution(counts: readonly number[]): string {
  if (counts.length === 0) return 'none';
  const sorted = [...counts].sort((a, b) => a - b);
  const atMostFor = (part: number): number => sorted[Math.ceil(part * sorted.length) - 1] ?? 0;
  return `median ${atMostFor(0.5)}, 9 in 10 at most ${atMostFor(0.9)}, worst ${atMostFor(1)}`;
}

export function share(part: number, whole: number): string {
  return `${part} of ${whole} (${((100 * part) / Math.max(1, whole)).toFixed(1)} %)`;
}

/** @param cases the cases of which each should find a defect; none if not all defects were judged */
export function summarize(outcomes: readonly Outcome[], cases: readonly Case[]): Summary {
  const missed = outcomes.filter((outcome) => !isFound(outcome));
  const imprecise = outcomes.filter(({ overBlaming }) => overBlaming.length > 0);
  const found = new Set(outcomes.flatMap(({ finding, overBlaming }) => [...finding, ...overBlaming]));
  const idle = cases.filter((item) => clauseOf(item).level !== 'MAY' && !found.has(item));
  const precise = outcomes.length - imprecise.length;
  return {
    lines: [
      `Found by a case of the violated clause: ${share(outcomes.length - missed.length, outcomes.length)} defects.`,
      `Blamed for nothing else: ${share(precise, outcomes.length)} defects.`,
      `Cases not testable: ${distribution(outcomes.map(({ untestable }) => untestable))}.`,
      ...missed.map(({ mutant }) => `Not found: ${mutant.id}`),
      ...imprecise.map(
        ({ mutant, overBlaming }) => `Over-blame: ${mutant.id} (${mutant.defect}) by ${ids(overBlaming)}`,
      ),
      ...idle.map(({ id }) => `Found no defect: ${id}`),
    ],
    isGood: missed.length === 0 && idle.length === 0 && precise >= leastPreciseShare * outcomes.length,
  };
}

const ids = (cases: readonly Case[]): string => cases.map(({ id }) => id).join(' ');
