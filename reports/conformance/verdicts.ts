import type { ConformanceResult } from '../../schemas/types.ts';
import { capitalized, plural } from '../figures.ts';
import type { Highlight } from '../highlight.ts';
import { knownFailureCases } from './case-state.ts';
import { startProblems } from './start-problems.ts';

/** What to show of the verdict on an implementation. */
export interface VerdictText {
  readonly highlight: Highlight;
  readonly name: string;
  readonly meaning: string;
}

export const verdicts: Readonly<Record<ConformanceResult['verdict'], VerdictText>> = {
  conforming: { highlight: 'good', name: 'conforming', meaning: 'No checked MUST is broken.' },
  'known-failures': {
    highlight: 'warn',
    name: 'known failures only',
    meaning: 'No checked MUST is broken, except for known failures.',
  },
  'not-conforming': { highlight: 'bad', name: 'not conforming', meaning: 'At least one MUST is broken.' },
  'not-judged': {
    highlight: 'warn',
    name: 'not judged',
    meaning: 'No checked MUST is broken, but some cases could not be judged.',
  },
};

/** What the verdict on an implementation says, as sentences. */
export function verdictMeaning(result: ConformanceResult): string {
  const problems = startProblems(result).map(({ what }) => `${capitalized(what)}.`);
  const isBroken = result.cases.some(({ verdict, known }) => verdict === 'fail' && known === undefined);
  return problems.length > 0 && !isBroken
    ? problems.join(' ')
    : [verdicts[result.verdict].meaning, ...problems].join(' ');
}

/** `268 cases in 41.2 s`. */
export function casesInSeconds({ cases, durationMs }: ConformanceResult): string {
  return `${plural(cases.length, 'case')} in ${(durationMs / 1000).toFixed(1)} s`;
}

/** `266 pass (40 with help), 2 fail (1 known)`. */
export function verdictCounts(result: ConformanceResult): string {
  const known = knownFailureCases(result);
  const parts = Object.entries(result.summary)
    .filter(([, number]) => number > 0)
    .map(([verdict, number]) => {
      const excused = known.filter((item) => item.verdict === verdict).length;
      const helped = result.cases.filter((item) => item.verdict === verdict && item.judgedWith !== undefined).length;
      const remarks = [...remark(excused, 'known'), ...remark(helped, 'with help')].join(', ');
      return `${number} ${verdict}${remarks === '' ? '' : ` (${remarks})`}`;
    });
  return parts.length === 0 ? 'none' : parts.join(', ');
}

function remark(count: number, what: string): string[] {
  return count === 0 ? [] : [`${count} ${what}`];
}
