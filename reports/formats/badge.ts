import type { ConformanceResult } from '../../schemas/types.ts';
import { caseState, verdicts, type Highlight } from '../conformance/verdicts.ts';

const colours: Readonly<Record<Highlight, string>> = {
  good: 'brightgreen',
  bad: 'red',
  warn: 'yellow',
  muted: 'lightgrey',
};

/** The verdict, of all results together, in the format of a shields.io endpoint badge. */
export function badge(results: readonly ConformanceResult[]): string {
  return `${JSON.stringify({ schemaVersion: 1, label: 'MiniBit', ...news(results) })}\n`;
}

function news(results: readonly ConformanceResult[]): { message: string; color: string } {
  const [only] = results;
  if (only !== undefined && results.length === 1) {
    const { name, tone } = verdicts[only.verdict];
    const broken = new Set(only.cases.filter((item) => caseState(item) === 'fail').map(({ clause }) => clause)).size;
    return { message: broken === 0 ? name : `${broken} MUST broken`, color: colours[tone] };
  }
  const good = results.filter(({ verdict }) => verdict === 'conforming').length;
  const tone =
    good === results.length ? 'good' : results.some(({ verdict }) => verdict === 'not-conforming') ? 'bad' : 'warn';
  return { message: `${good} of ${results.length} conforming`, color: colours[tone] };
}
