import type { ConformanceCase, ConformanceResult } from '../../schemas/types.ts';

/** How good or bad news is, for its colour. */
export type Highlight = 'good' | 'bad' | 'warn' | 'muted';

/** The verdict on an implementation, in words. */
export const verdicts: Readonly<
  Record<ConformanceResult['verdict'], { tone: Highlight; name: string; meaning: string }>
> = {
  conforming: { tone: 'good', name: 'conforming', meaning: 'Every MUST that was checked holds.' },
  'known-failures': {
    tone: 'warn',
    name: 'known failures only',
    meaning: 'Every MUST that was checked holds, except those that are known to be broken.',
  },
  'not-conforming': { tone: 'bad', name: 'not conforming', meaning: 'At least one MUST is broken.' },
  'not-judged': {
    tone: 'warn',
    name: 'not judged',
    meaning: 'No MUST was seen broken, but not everything could be judged.',
  },
};

/** What a case may come to; `known` is a failure that is known. */
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

/** The cases that a reader has to look at: those that fail the run or are to be thought about, gravest first. */
export function casesToReview({ cases }: ConformanceResult): ConformanceCase[] {
  return (['fail', 'error', 'warn'] as const).flatMap((state) => cases.filter((item) => caseState(item) === state));
}

export function knownFailureCases({ cases }: ConformanceResult): ConformanceCase[] {
  return cases.filter(({ known }) => known !== undefined);
}

/** `266 pass, 2 fail (1 known)`. */
export function verdictCounts(result: ConformanceResult): string {
  const known = knownFailureCases(result);
  const parts = Object.entries(result.summary)
    .filter(([, number]) => number > 0)
    .map(([verdict, number]) => {
      const excused = known.filter((item) => item.verdict === verdict).length;
      return `${number} ${verdict}${excused === 0 ? '' : ` (${excused} known)`}`;
    });
  return parts.length === 0 ? 'none' : parts.join(', ');
}
