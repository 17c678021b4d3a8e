import type { ConformanceCase, ConformanceResult } from '../../schemas/types.ts';
import { failureText } from '../conformance/failure-text.ts';
import { helpSentences } from '../conformance/help.ts';
import { offPeriodSentences } from '../conformance/off-periods.ts';
import { plural } from '../figures.ts';
import { knownFailureProblems } from '../conformance/known-failure-problems.ts';
import { labels } from '../results/labels.ts';
import { failureGroups, unjudgedGroups, type CaseGroup } from '../conformance/case-groups.ts';
import { outputTails } from '../output-tails.ts';
import { startProblems, type StartProblem } from '../conformance/start-problems.ts';
import { caseHighlights, caseState, knownFailureCases } from '../conformance/case-state.ts';
import { casesInSeconds, verdictCounts, verdictMeaning, verdicts } from '../conformance/verdicts.ts';
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
  const { highlight, name } = verdicts[verdict];
  const failures = failureGroups(result);
  const rest = failures.slice(detailed).flatMap(({ first, others }) => [first, ...others]);
  const parts = [
    `## ${marks[highlight]} ${inline(implementation.name)}: ${name}`,
    `${verdictMeaning(result)}${interruptedBy === undefined ? '' : ` The session was interrupted by ${inline(interruptedBy)}.`}`,
    `${casesInSeconds(result)}: ${inline(verdictCounts(result))}.`,
    ...[...helpSentences(result), ...offPeriodSentences(result)].map((sentence) => `- ${inline(sentence)}`),
    ...knownFailureProblems(result).map(({ case: id, problem }) => `- ❌ ${code(id)}: ${inline(problem)}`),
    ...startProblems(result).map(startProblem),
    ...failures.slice(0, detailed).map((group) => failureGroup(group, harness.seed)),
    ...(rest.length === 0 ? [] : [folded(`${rest.length} more`, list(rest))]),
    ...unjudgedGroups(result).map(unjudgedGroup),
  ];
  const known = knownFailureCases(result);
  if (known.length > 0) parts.push(folded(plural(known.length, 'known failure'), list(known)));
  return parts.join('\n\n');
}

function startProblem({ what, why, start }: StartProblem): string {
  const printed = outputTails(start).map(({ name, text }) => `${name}:\n\n${block(text)}`);
  return [`${marks.bad} **${inline(what)}**: ${inline(why)}`, ...printed].join('\n\n');
}

/** The first case with its details, and below it those of the same cause. */
function failureGroup({ first, others }: CaseGroup, seed: number): string {
  const shown = failure(first, seed);
  if (others.length === 0) return shown;
  return `${shown}\n\n${folded(`${plural(others.length, 'more case')} of the same cause: ${inline(short(first.cause ?? ''))}`, list(others))}`;
}

function unjudgedGroup({ first, others }: CaseGroup): string {
  const count = plural(others.length + 1, 'case');
  return folded(`${marks.warn} ${count}: ${inline(short(first.message))}`, list([first, ...others]));
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
