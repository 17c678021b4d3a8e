import type { ConformanceCase, ConformanceResult } from '../../schemas/types.ts';
import { eventLine } from '../conformance/failure-text.ts';
import { plural } from '../figures.ts';
import { knownFailureProblems } from '../conformance/known-failure-problems.ts';
import { printableCopy } from '../printable-copy.ts';
import { oneLine } from '../one-line.ts';
import { labels } from '../results/labels.ts';
import { verdictCounts, knownFailureCases, casesToReview, verdicts, type Highlight } from '../conformance/verdicts.ts';
import type { Paint, Style } from './colour.ts';

const wireLines = 6;
const stderrLines = 6;
const lineCharacters = 160;
/** Failures beyond these are a line each. */
const detailed = 10;

const styles: Readonly<Record<Highlight, Style>> = { good: 'green', bad: 'red', warn: 'yellow', muted: 'dim' };

/** A conformance result for a person at a terminal: what is broken, and the verdict last. */
export function conformReport(untrusted: ConformanceResult, paint: Paint): string {
  const result = printableCopy(untrusted);
  const broken = casesToReview(result).filter(({ verdict }) => verdict !== 'error');
  const parts = broken.slice(0, detailed).map((item) => failure(item, paint));
  const more = broken.slice(detailed);
  if (more.length > 0) parts.push(list(`${more.length} more`, more, paint));
  const errors = result.cases.filter(({ verdict, known }) => verdict === 'error' && known === undefined);
  if (errors.length > 0) parts.push(list(`${plural(errors.length, 'case')} could not be judged`, errors, paint));
  const known = knownFailureCases(result);
  if (known.length > 0) parts.push(list(plural(known.length, 'known failure'), known, paint));
  for (const { case: id, problem } of knownFailureProblems(result)) parts.push(`${paint('red', id)}: ${problem}.\n`);
  const { implementation, interruptedBy, cases, durationMs, verdict } = result;
  const { name, tone } = verdicts[verdict];
  parts.push(
    `${oneLine(implementation.name)}: ${paint(styles[tone], name)}${interruptedBy === undefined ? '' : ` (interrupted by ${oneLine(interruptedBy)})`}\n` +
      `${plural(cases.length, 'case')} in ${(durationMs / 1000).toFixed(1)} s: ${verdictCounts(result)}\n`,
  );
  return parts.join('\n');
}

/** A line for each of several implementations. */
export function conformSummary(untrusted: readonly ConformanceResult[], paint: Paint): string {
  const results = printableCopy(untrusted);
  const names = labels(results).map(oneLine);
  const width = Math.max(...names.map((name) => name.length));
  const verdictWidth = Math.max(...results.map(({ verdict }) => verdicts[verdict].name.length));
  const lines = results.map((result, at) => {
    const { name, tone } = verdicts[result.verdict];
    const problems = knownFailureProblems(result).length;
    const end = [
      ...(problems === 0 ? [] : [paint('red', `${problems} wrong in the list of known failures`)]),
      ...(result.interruptedBy === undefined ? [] : ['interrupted']),
    ];
    const verdict = paint(styles[tone], name.padEnd(verdictWidth));
    return [`${names[at]?.padEnd(width) ?? ''}  ${verdict}  ${verdictCounts(result)}`, ...end].join(', ');
  });
  return `${lines.join('\n')}\n`;
}

function failure(item: ConformanceCase, paint: Paint): string {
  const lines = [
    `${paint(item.verdict === 'fail' ? 'red' : 'yellow', item.verdict)} ${paint('bold', oneLine(item.id))}`,
    `  ${item.level}: ${oneLine(item.requirement)}`,
    `  case     ${oneLine(item.title)}`,
    ...(item.expected === undefined ? [] : [`  allowed  ${cut(item.expected)}`]),
    `  came     ${cut(item.actual ?? item.message)}`,
    ...(item.schemaPath === undefined ? [] : [`  schema   ${cut(item.schemaPath)}`]),
    ...item.transcript.slice(-wireLines).map((event) => paint('dim', `  ${cut(eventLine(event))}`)),
    ...lastLines(item.stderr ?? '').map((line) => `  stderr   ${cut(line)}`),
    `  again    ${oneLine(item.repro)}`,
  ];
  return `${lines.join('\n')}\n`;
}

function list(head: string, cases: readonly ConformanceCase[], paint: Paint): string {
  const lines = cases.map(({ id, known, message }) => `  ${oneLine(id)}: ${cut(known ?? message)}`);
  return `${paint('yellow', head)}\n${lines.join('\n')}\n`;
}

function cut(text: string): string {
  const line = oneLine(text);
  return line.length > lineCharacters ? `${line.slice(0, lineCharacters)}…` : line;
}

function lastLines(text: string): string[] {
  const trimmed = text.trim();
  return trimmed === '' ? [] : trimmed.split('\n').slice(-stderrLines);
}
