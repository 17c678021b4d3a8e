import { styleText } from 'node:util';
import type { ConformanceCase, ConformanceResult } from '../../schemas/types.ts';
import { plural } from '../figures.ts';
import { printable } from './printable.ts';

const WIRE_LINES = 8;
const STDERR_LINES = 6;

const headlines = {
  conforming: { style: 'green', text: 'conforming' },
  'not-conforming': { style: 'red', text: 'not conforming' },
  'not-judged': { style: 'yellow', text: 'not judged' },
} as const;

/** A conformance result for a person at a terminal: what is broken, and the verdict last. */
export function conformReport({
  implementation,
  verdict,
  interrupted,
  summary,
  cases,
  durationMs,
}: ConformanceResult): string {
  const parts = cases.filter((item) => item.verdict === 'fail' || item.verdict === 'warn').map(failure);
  const errors = cases.filter((item) => item.verdict === 'error');
  if (errors.length > 0) parts.push(notJudged(errors));
  const counts = Object.entries(summary)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
  parts.push(
    `${printable(implementation.name)}: ${headlines[verdict]}${interrupted ? ' (interrupted)' : ''}\n` +
      `${plural(cases.length, 'case')} in ${(durationMs / 1000).toFixed(1)} s: ${counts === '' ? 'none' : counts}\n`,
  );
  return parts.join('\n');
}

function failure(item: ConformanceCase): string {
  const mark = item.verdict === 'fail' ? styleText('red', 'fail') : styleText('yellow', 'warn');
  const lines = [
    `${mark} ${styleText('bold', item.id)}`,
    `  ${item.level}: ${item.requirement}`,
    `  ${item.title}`,
    `  expected ${printable(item.expected ?? '')}`,
    `  got      ${printable(item.actual ?? item.message)}`,
    ...(item.schemaPath === undefined ? [] : [`  schema   ${printable(item.schemaPath)}`]),
    ...item.transcript.slice(-WIRE_LINES).map(wireLine),
    ...lastLines(item.stderr ?? '').map((line) => `  stderr   ${printable(line)}`),
    `  again    ${item.repro}`,
  ];
  return `${lines.join('\n')}\n`;
}

function wireLine({ atMs, from, to, connection, kind, text }: ConformanceCase['transcript'][number]): string {
  const what = text === '' ? kind : printable(text.length > 160 ? `${text.slice(0, 160)}…` : text);
  return styleText(
    'dim',
    `  ${atMs.toFixed(1).padStart(8)} ms  ${printable(from)} → ${printable(to)} #${connection}: ${what}`,
  );
}

/** Cases that wait for another one's repair are one line each. */
function notJudged(errors: readonly ConformanceCase[]): string {
  const lines = errors.map(({ id, message }) => `  ${id}: ${printable(message.split('\n')[0] ?? '')}`);
  return `${styleText('yellow', plural(errors.length, 'case'))} could not be judged\n${lines.join('\n')}\n`;
}

function lastLines(text: string): string[] {
  const trimmed = text.trim();
  return trimmed === '' ? [] : trimmed.split('\n').slice(-STDERR_LINES);
}
