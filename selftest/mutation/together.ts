import { clauseOf } from '../../conformance/cases/case.ts';
import type { ConformanceCase } from '../../schemas/types.ts';
import type { Defect } from '../catalogue/broken.ts';
import { blaming } from './outcome.ts';
import { distribution, share, type Summary } from './summary.ts';

/** What judging a program with several defects at once showed. */
export interface TogetherOutcome {
  readonly defects: readonly Defect[];
  /** The defects that no case of their clauses found. */
  readonly unnamed: readonly Defect[];
  /** How many cases were not testable. */
  readonly untestable: number;
  /** The cases whose failure made others untestable, with the number of these, most first. */
  readonly roots: readonly (readonly [id: string, count: number])[];
  /** How many cases were judged with help. */
  readonly helped: number;
}

/** At least this share of the defects must be named, while at most so many cases are not testable. */
const leastNamedShare = 0.95;
const mostUntestable = { median: 5, worst: 40 };

export function togetherOutcome(defects: readonly Defect[], results: readonly ConformanceCase[]): TogetherOutcome {
  const named = new Set(blaming(results).map((item) => clauseOf(item).id));
  return {
    defects,
    unnamed: defects.filter(({ clause, also = [] }) => ![clause, ...also].some((one) => named.has(one))),
    untestable: results.filter(({ verdict }) => verdict === 'error').length,
    roots: rootsOf(results),
    helped: results.filter(wasHelped).length,
  };
}

function rootsOf(results: readonly ConformanceCase[]): TogetherOutcome['roots'] {
  const counts = new Map<string, number>();
  for (const { verdict, blockedBy = 'itself' } of results) {
    if (verdict === 'error') counts.set(blockedBy, (counts.get(blockedBy) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a);
}

const wasHelped = (result: ConformanceCase): boolean => Object.hasOwn(result, 'judgedWith');

/** An outcome in a line. */
export function describeTogether({ defects, unnamed, untestable, roots, helped }: TogetherOutcome): string {
  const ids = defects.map((defect) => (unnamed.includes(defect) ? `[${defect.id}]` : defect.id)).join(' ');
  const because = roots.map(([id, count]) => `; ${count} because of ${id}`).join('');
  return `${defects.length - unnamed.length} of ${defects.length} named, ${untestable} not testable, ${helped} with help: ${ids}${because}`;
}

/** @param caseCount how many cases were played on each program */
export function summarizeTogether(outcomes: readonly TogetherOutcome[], caseCount: number): Summary {
  const count = outcomes.reduce((sum, { defects }) => sum + defects.length, 0);
  const unnamed = outcomes.flatMap((outcome) => outcome.unnamed);
  const untestable = outcomes.map((outcome) => outcome.untestable).sort((a, b) => a - b);
  const helped = outcomes.map((outcome) => outcome.helped);
  return {
    lines: [
      `Named by a case of their own clause: ${share(count - unnamed.length, count)} defects.`,
      `Not testable, of ${caseCount} cases: ${distribution(untestable)}.`,
      `Judged with help: ${distribution(helped)}.`,
      ...unnamed.map(({ id, clause }) => `Not named: ${id} (${clause})`),
    ],
    isGood:
      count - unnamed.length >= leastNamedShare * count &&
      (untestable[Math.floor(untestable.length / 2)] ?? 0) <= mostUntestable.median &&
      (untestable.at(-1) ?? 0) <= mostUntestable.worst,
  };
}
