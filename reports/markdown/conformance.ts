import type { ConformanceCase, ConformanceResult } from '../../schemas/types.ts';
import { failureText } from '../conformance/failure-text.ts';
import { plural } from '../figures.ts';
import { knownFailureProblems } from '../conformance/known-failure-problems.ts';
import { labels } from '../results/labels.ts';
import { caseHighlights, casesToReview, caseState, knownFailureCases } from '../conformance/case-state.ts';
import { casesInSeconds, verdictCounts, verdicts } from '../conformance/verdicts.ts';
import type { Highlight } from '../highlight.ts';
import { block, folded, inline, table } from './text.ts';

const marks: Readonly<Record<Highlight, string>> = { good: '✅', bad: '❌', warn: '⚠️', muted: '➖' };
/** Further failures take one line each, as CI servers refuse a summary of more than about a megabyte. */
const detailed = 50;

/** A row per implementation. */
export function overview(results: readonly ConformanceResult[]): string {
  const names = labels(results);
  const rows = results.map((result, at) => {
    const { highlight, name } = verdicts[result.verdict];
    return [inline(names[at] ?? ''), `${marks[highlight]} ${name}`, inline(verdictCounts(result))];
  });
  return `## MiniBit conformance\n\n${table(['Implementation', 'Verdict', 'Cases'], rows)}`;
}

/** One implementation: verdict, counts, and every failure with its details folded. */
export function conformanceMarkdown(result: ConformanceResult): string {
  const { implementation, verdict, interruptedBy, harness } = result;
  const { highlight, name, meaning } = verdicts[verdict];
  const failures = casesToReview(result);
  const rest = failures.slice(detailed);
  const parts = [
    `## ${marks[highlight]} ${inline(implementation.name)}: ${name}`,
    `${meaning}${interruptedBy === undefined ? '' : ` The session was interrupted by ${inline(interruptedBy)}.`}`,
    `${casesInSeconds(result)}: ${inline(verdictCounts(result))}.`,
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

/** An id as code, in HTML, as Markdown is not parsed in a `summary` element. */
function code(id: string): string {
  return `<code>${inline(id)}</code>`;
}

function short(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text;
}
