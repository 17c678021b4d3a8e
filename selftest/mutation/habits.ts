import { clauseOf } from '../../conformance/cases/case.ts';
import type { ConformanceCase } from '../../schemas/types.ts';
import type { Habit } from '../catalogue/beginner.ts';
import { blaming } from './outcome.ts';
import type { Summary } from './summary.ts';

/** So many cases at most may be not testable on a program with all habits. */
const mostUntestable = 10;

/** Whether one run names each habit of a program, by a case of each of its clauses. */
export function summarizeHabits(habits: readonly Habit[], results: readonly ConformanceCase[]): Summary {
  const named = new Set(blaming(results).map((item) => clauseOf(item).id));
  const missing = habits.flatMap(({ habit, clauses }) =>
    clauses.filter((clause) => !named.has(clause)).map((clause) => `Not named: ${habit} (${clause})`),
  );
  const untestable = results.filter(({ verdict }) => verdict === 'error');
  const isNamed = ({ clauses }: Habit): boolean => clauses.every((clause) => named.has(clause));
  return {
    lines: [
      `Named by a case of each of their clauses: ${habits.filter(isNamed).length} of ${habits.length} habits.`,
      `Not testable: ${untestable.length} of ${results.length} cases.`,
      ...missing,
      ...untestable.map(({ id, message }) => `Not testable: ${id}: ${message}`),
    ],
    isGood: missing.length === 0 && untestable.length <= mostUntestable,
  };
}
