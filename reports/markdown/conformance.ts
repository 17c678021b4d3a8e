import type { ConformanceCase, ConformanceResult } from '../../schemas/types.ts';
import { failureText } from '../conformance/failure-text.ts';
import { plural } from '../figures.ts';
import { knownFailureProblems } from '../conformance/known-failure-problems.ts';
import { labels } from '../results/labels.ts';
import {
  caseState,
  caseHighlights,
  verdictCounts,
  knownFailureCases,
  casesToReview,
  verdicts,
  type Highlight,
} from '../conformance/verdicts.ts';
import { block, folded, inline, table } from './text.ts';

const marks: Readonly<Record<Highlight, string>> = { good: '✅', bad: '❌', warn: '⚠️', muted: '➖' };
/** A CI server cuts or refuses a summary of more than about a megabyte. */
const detailed = 50;

/** One line per implementation. */
export function overview(results: readonly ConformanceResult[]): string {
  const names = labels(results);
  const rows = results.map((result, at) => {
    const { tone, name } = verdicts[result.verdict];
    return [inline(names[at] ?? ''), `${marks[tone]} ${name}`, inline(verdictCounts(result))];
  });
  return `## MiniBit conformance\n\n${table(['Implementation', 'Verdict', 'Cases'], rows)}`;
}

/** One implementation: verdict, counts, and every failure with its details folded. */
export function conformanceMarkdown(result: ConformanceResult): string {
  const { implementation, verdict, interruptedBy, cases, durationMs, harness } = result;
  const { tone, name, meaning } = verdicts[verdict];
  const took = `${plural(cases.length, 'case')} in ${(durationMs / 1000).toFixed(1)} s`;
  const failures = casesToReview(result);
  const rest = failures.slice(detailed);
  const parts = [
    `## ${marks[tone]} ${inline(implementation.name)}: ${name}`,
    `${meaning}${interruptedBy === undefined ? '' : ` It was interrupted by ${inline(interruptedBy)}.`}`,
    `${took}: ${inline(verdictCounts(result))}.`,
    ...knownFailureProblems(result).map(({ case: id, problem }) => `- ❌ ${code(id)}: ${inline(problem)}`),
    ...failures.slice(0, detailed).map((item) => failure(item, harness.seed)),
    ...(rest.length === 0 ? [] : [folded(`${rest.length} more`, list(rest))]),
  ];
  const known = knownFailureCases(result);
  if (known.length > 0) parts.push(folded(plural(known.length, 'known failure'), list(known)));
  return parts.join('\n\n');
}

function failure(item: ConformanceCase, seed: number): string {
  const summary = `${marks[caseHighlights[item.verdict]]} <b>${item.verdict}</b> ${code(item.id)}`;
  return folded(summary, `${inline(short(item.message))}\n\n${block(failureText(item, seed))}`);
}

function list(cases: readonly ConformanceCase[]): string {
  return cases
    .map((item) => `- ${caseState(item)} ${code(item.id)}: ${inline(short(item.known ?? item.message))}`)
    .join('\n');
}

/** An id in the font of code; an HTML element, as it may stand in a summary, where Markdown is not read. */
function code(id: string): string {
  return `<code>${inline(id)}</code>`;
}

function short(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
