import type { ConformanceCase, ConformanceResult } from '../../schemas/types.ts';
import { casesToReview } from './case-state.ts';

/** Cases that did not pass for one cause. */
export interface CaseGroup {
  readonly first: ConformanceCase;
  /** The others, in the order of the cases. */
  readonly others: readonly ConformanceCase[];
}

/**
 * The failures and warnings of a result, those with one cause together: first those that most other cases wait for, so that
 * the root comes before its symptoms.
 */
export function failureGroups(result: ConformanceResult): CaseGroup[] {
  const failures = casesToReview(result).filter(({ verdict }) => verdict !== 'error');
  const waiting = ({ first, others }: CaseGroup): number => {
    const ids = new Set([first, ...others].map(({ id }) => id));
    return result.cases.filter(({ blockedBy }) => blockedBy !== undefined && ids.has(blockedBy)).length;
  };
  const groups = groupBy(failures, ({ cause, id }) => cause ?? id).map((group) => ({ group, waits: waiting(group) }));
  return groups.sort((a, b) => b.waits - a.waits).map(({ group }) => group);
}

/** The cases without a verdict, those with one reason together, the largest group first. */
export function unjudgedGroups(result: ConformanceResult): CaseGroup[] {
  const errors = casesToReview(result).filter(({ verdict }) => verdict === 'error');
  return groupBy(errors, ({ blockedBy, cause, message }) => blockedBy ?? cause ?? message).sort(
    (a, b) => b.others.length - a.others.length,
  );
}

function groupBy(cases: readonly ConformanceCase[], keyOf: (item: ConformanceCase) => string): CaseGroup[] {
  const groups = new Map<string, ConformanceCase[]>();
  for (const item of cases) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups.values()].flatMap(([first, ...others]) => (first === undefined ? [] : { first, others }));
}
