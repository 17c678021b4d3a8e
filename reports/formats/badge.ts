import type { ConformanceResult } from '../../schemas/types.ts';
import { caseState } from '../conformance/case-state.ts';
import { verdicts } from '../conformance/verdicts.ts';
import type { Highlight } from '../highlight.ts';

const colours: Readonly<Record<Highlight, string>> = {
  good: 'brightgreen',
  bad: 'red',
  warn: 'yellow',
  muted: 'lightgrey',
};

/** The verdict, of all results together, in the format of a shields.io endpoint badge. */
export function badge(results: readonly ConformanceResult[]): string {
  return `${JSON.stringify({ schemaVersion: 1, label: 'MiniBit', ...summary(results) })}\n`;
}

function summary(results: readonly ConformanceResult[]): { message: string; color: string } {
  const [only] = results;
  if (only !== undefined && results.length === 1) {
    const { name, highlight } = verdicts[only.verdict];
    const broken = new Set(only.cases.filter((item) => caseState(item) === 'fail').map(({ clause }) => clause)).size;
    return { message: broken === 0 ? name : `${broken} MUST broken`, color: colours[highlight] };
  }
  const good = results.filter(({ verdict }) => verdict === 'conforming').length;
  const highlight =
    good === results.length ? 'good' : results.some(({ verdict }) => verdict === 'not-conforming') ? 'bad' : 'warn';
  return { message: `${good} of ${results.length} conforming`, color: colours[highlight] };
}
