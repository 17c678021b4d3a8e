import type { ConformanceCase, ConformanceResult } from '../../schemas/types.ts';
import { failureGroups, unjudgedGroups, type CaseGroup } from '../conformance/case-groups.ts';
import { startProblems, type StartProblem } from '../conformance/start-problems.ts';
import { knownFailureCases } from '../conformance/case-state.ts';
import { eventLine, replaysText } from '../conformance/failure-text.ts';
import { outputTails } from '../output-tails.ts';
import { plural } from '../figures.ts';
import { knownFailureProblems } from '../conformance/known-failure-problems.ts';
import { printableCopy } from '../printable-copy.ts';
import { oneLine } from '../one-line.ts';
import { labels } from '../results/labels.ts';
import { casesInSeconds, verdictCounts, verdicts } from '../conformance/verdicts.ts';
import { highlightStyles, type Paint } from './colour.ts';
import { helpSentences } from '../conformance/help.ts';
import { offPeriodSentences } from '../conformance/off-periods.ts';
import { cutLine, fieldLine, outputFields } from './field-line.ts';

const wireLines = 6;
/** Further failures take one line each. */
const detailed = 10;

/** A conformance result for a terminal: what is broken, and the verdict last. */
export function conformReport(untrusted: ConformanceResult, paint: Paint): string {
  const result = printableCopy(untrusted);
  const groups = failureGroups(result);
  const help = helpSentences(result).map((sentence) => `${paint('yellow', 'help')} ${oneLine(sentence)}\n`);
  const parts = startProblems(result).map((problem) => startProblem(problem, paint));
  if (help.length > 0) parts.push(help.join(''));
  const timing = offPeriodSentences(result).map((sentence) => `${paint('yellow', 'timing')} ${oneLine(sentence)}\n`);
  if (timing.length > 0) parts.push(timing.join(''));
  parts.push(...groups.slice(0, detailed).map((group) => failures(group, paint)));
  const more = groups.slice(detailed).flatMap(({ first, others }) => [first, ...others]);
  if (more.length > 0) parts.push(list(plural(more.length, 'more case'), more, paint));
  const unjudged = unjudgedGroups(result);
  if (unjudged.length > 0) parts.push(unjudgedList(unjudged, paint));
  const known = knownFailureCases(result);
  if (known.length > 0) parts.push(list(plural(known.length, 'known failure'), known, paint));
  for (const { case: id, problem } of knownFailureProblems(result)) parts.push(`${paint('red', id)}: ${problem}.\n`);
  const { implementation, interruptedBy, verdict } = result;
  const { name, highlight } = verdicts[verdict];
  parts.push(
    `${oneLine(implementation.name)}: ${paint(highlightStyles[highlight], name)}${interruptedBy === undefined ? '' : ` (interrupted by ${oneLine(interruptedBy)})`}\n` +
      `${casesInSeconds(result)}: ${verdictCounts(result)}\n`,
  );
  return parts.join('\n');
}

/** A line per implementation. */
export function conformSummary(untrusted: readonly ConformanceResult[], paint: Paint): string {
  const results = printableCopy(untrusted);
  const names = labels(results).map(oneLine);
  const width = Math.max(...names.map((name) => name.length));
  const verdictWidth = Math.max(...results.map(({ verdict }) => verdicts[verdict].name.length));
  const lines = results.map((result, at) => {
    const { name, highlight } = verdicts[result.verdict];
    const problems = knownFailureProblems(result).length;
    const end = [
      ...(problems === 0 ? [] : [paint('red', `${plural(problems, 'error')} in the list of known failures`)]),
      ...(result.interruptedBy === undefined ? [] : ['interrupted']),
    ];
    const verdict = paint(highlightStyles[highlight], name.padEnd(verdictWidth));
    return [`${names[at]?.padEnd(width) ?? ''}  ${verdict}  ${verdictCounts(result)}`, ...end].join(', ');
  });
  return `${lines.join('\n')}\n`;
}

function failure(item: ConformanceCase, paint: Paint): string {
  const lines = [
    `${paint(item.verdict === 'fail' ? 'red' : 'yellow', item.verdict)} ${paint('bold', oneLine(item.id))}`,
    `  ${item.level}: ${oneLine(item.requirement)}`,
    fieldLine('case', item.title),
    ...(item.expected === undefined ? [] : [fieldLine('expected', cutLine(item.expected))]),
    fieldLine('actual', cutLine(item.actual ?? item.message)),
    ...(item.schemaPath === undefined ? [] : [fieldLine('schema', cutLine(item.schemaPath))]),
    ...(item.replays === undefined ? [] : [fieldLine('replays', cutLine(replaysText(item) ?? ''))]),
    ...(item.notes ?? []).map((note) => fieldLine('note', cutLine(note))),
    ...item.transcript.slice(-wireLines).map((event) => paint('dim', `  ${cutLine(eventLine(event))}`)),
    ...outputTails(item).flatMap(({ stream, text }) => outputFields(stream, text)),
    ...(item.judgedWith === undefined ? [] : [fieldLine('with', item.judgedWith.join(', '))]),
    fieldLine('rerun', item.repro),
  ];
  return `${lines.join('\n')}\n`;
}

/** One case in full, and the ids of those that failed for the same cause. */
function failures({ first, others }: CaseGroup, paint: Paint): string {
  if (others.length === 0) return failure(first, paint);
  const cause = fieldLine('cause', cutLine(first.cause ?? ''));
  const ids = others.map(({ id, verdict }) => `  ${' '.repeat(9)} ${verdict} ${oneLine(id)}`);
  return `${failure(first, paint)}${cause}\n${fieldLine('also', `${plural(others.length, 'case')} of the same cause:`)}\n${ids.join('\n')}\n`;
}

function startProblem({ what, why, start }: StartProblem, paint: Paint): string {
  const printed = outputTails(start).flatMap(({ stream, text }) => outputFields(stream, text));
  return `${[paint('red', what), `  ${cutLine(why)}`, ...printed].join('\n')}\n`;
}

/** A line per reason, as many cases may have the same. */
function unjudgedList(groups: readonly CaseGroup[], paint: Paint): string {
  const count = groups.reduce((sum, { others }) => sum + 1 + others.length, 0);
  const lines = groups.map(({ first, others }) => {
    const whose = others.length === 0 ? oneLine(first.id) : plural(others.length + 1, 'case');
    return `  ${whose}: ${cutLine(first.message)}`;
  });
  return `${paint('yellow', `${plural(count, 'case')} could not be judged`)}\n${lines.join('\n')}\n`;
}

function list(head: string, cases: readonly ConformanceCase[], paint: Paint): string {
  const lines = cases.map(({ id, known, message }) => `  ${oneLine(id)}: ${cutLine(known ?? message)}`);
  return `${paint('yellow', head)}\n${lines.join('\n')}\n`;
}
