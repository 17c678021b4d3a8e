import type { ConformanceCase, ConformanceResult } from '../../schemas/types.ts';
import type { Highlight } from '../highlight.ts';

/** The verdict of a case, or `known` for a known failure. */
export type CaseState = ConformanceCase['verdict'] | 'known';

export const caseHighlights: Readonly<Record<CaseState, Highlight>> = {
  fail: 'bad',
  error: 'warn',
  known: 'warn',
  warn: 'warn',
  pass: 'good',
  info: 'muted',
  'not-applicable': 'muted',
};

export function caseState({ verdict, known }: ConformanceCase): CaseState {
  return known === undefined ? verdict : 'known';
}

/** The cases that need attention, worst first: failed, not judged, or with a warning; without known failures. */
export function casesToReview({ cases }: ConformanceResult): ConformanceCase[] {
  return (['fail', 'error', 'warn'] as const).flatMap((state) => cases.filter((item) => caseState(item) === state));
}

export function knownFailureCases({ cases }: ConformanceResult): ConformanceCase[] {
  return cases.filter(({ known }) => known !== undefined);
}
