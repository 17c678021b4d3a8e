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
  /** How many cases were not testable, and how many were judged with help. */
  readonly untestable: number;
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
    helped: results.filter(wasHelped).length,
  };
}

const wasHelped = (result: ConformanceCase): boolean => Object.hasOwn(result, 'judgedWith');

/** An outcome in a line. */
export function describeTogether({ defects, unnamed, untestable, helped }: TogetherOutcome): string {
  const ids = defects.map((defect) => (unnamed.includes(defect) ? `[${defect.id}]` : defect.id)).join(' ');
  return `${defects.length - unnamed.length} of ${defects.length} named, ${untestable} not testable, ${helped} with help: ${ids}`;
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
