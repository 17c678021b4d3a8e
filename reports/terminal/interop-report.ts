import type { InteropResult, InteropSwarm } from '../../schemas/types.ts';
import { plural } from '../figures.ts';
import {
  otherPeerFailures,
  numberedNames,
  interopSwarmName,
  failureSentence,
  blameText,
  messageLine,
} from '../interop/failure-text.ts';
import {
  blameCounts,
  failureGroups,
  interopCell,
  interopMatrix,
  type FailureGroup,
  type InteropCell,
} from '../interop/matrix.ts';
import { printableCopy } from '../printable-copy.ts';
import { oneLine } from '../one-line.ts';
import type { Paint } from './colour.ts';

const lineCharacters = 160;
const stderrLines = 6;

/** An interop result for a person at a terminal: the matrix, each kind of failure once, and who is blamed. */
export function interopReport(untrusted: InteropResult, paint: Paint, columns = 100): string {
  const result = printableCopy(untrusted);
  const names = numberedNames(result);
  const of = (number: number): string => names[number] ?? '';
  const parts = [
    names.join('\n'),
    ...matrixTables(result, paint, columns),
    ...result.swarms
      .filter(({ kind }) => kind === 'all')
      .map((swarm) => `${interopSwarmName(swarm)}: ${cell(swarm, paint)}`),
    ...failureGroups(result).map((group) => failure(group, names, paint)),
    [...blame(result, of), verdict(result, paint)].join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** As many columns beside each other as the terminal has room for. */
function matrixTables(result: InteropResult, paint: Paint, columns: number): string[] {
  const rows = interopMatrix(result).map((row) => row.map((item) => ({ item, text: cellText(item) })));
  const width = Math.max(4, ...rows.flat().map(({ text }) => text.length)) + 2;
  const head = 'tracker of';
  const fit = Math.max(1, Math.floor((columns - head.length - 2) / width));
  const tables: string[] = [];
  for (let from = 0; from < rows.length; from += fit) {
    const numbers = [...rows.keys()].slice(from, from + fit);
    const pad = ' '.repeat(head.length + 2);
    const lines = rows.map((row, tracker) => {
      const cells = row.slice(from, from + fit).map(({ item, text }) => painted(item, text.padEnd(width), paint));
      return `${String(tracker + 1).padStart(head.length)}  ${cells.join('')}`.trimEnd();
    });
    const header = `${head}  ${numbers.map((number) => String(number + 1).padEnd(width)).join('')}`;
    tables.push([`${pad}with peers of`, header.trimEnd(), ...lines].join('\n'));
  }
  return tables;
}

function cellText({ state, blamed }: InteropCell): string {
  if (state === 'none') return '–';
  return state === 'failed' ? `FAILED ${blamed.map((number) => number + 1).join(',') || '?'}` : state;
}

function cell(swarm: InteropSwarm, paint: Paint): string {
  const item = interopCell([swarm]);
  return painted(item, cellText(item), paint);
}

function painted({ state }: InteropCell, text: string, paint: Paint): string {
  return state === 'failed' ? paint('red', text) : state === 'ok' ? paint('green', text) : text;
}

function failure({ first, others }: FailureGroup, names: readonly string[], paint: Paint): string {
  const { clause, requirement, message, stderrTail } = first.failure;
  const lines = [
    `${paint('red', 'FAILED')} ${paint('bold', interopSwarmName(first))}, ${blameText(first.failure, names)}`,
    ...(clause === undefined ? [] : [`  MUST     ${clause}: ${requirement ?? ''}`]),
    `  came     ${cut(failureSentence(first.failure))}`,
    ...(message ? [paint('dim', `  wire     ${cut(messageLine(message))}`)] : []),
    ...lastLines(stderrTail).map((line) => `  stderr   ${cut(line)}`),
    ...otherPeerFailures(first, names).map((line) => `  besides  ${cut(line)}`),
    ...(others.length === 0 ? [] : [`  alike    ${others.map(interopSwarmName).join('; ')}`]),
  ];
  return lines.join('\n');
}

function blame(result: InteropResult, of: (number: number) => string): string[] {
  const open = result.swarms.filter(({ failure: found }) => found?.blamed.length === 0).length;
  return [
    ...blameCounts(result).map(({ number, swarms }) => `blamed: ${of(number)} in ${plural(swarms, 'swarm')}`),
    ...(open === 0 ? [] : [`blamed: nobody in ${plural(open, 'swarm')} that did not finish`]),
  ];
}

const verdicts = {
  'all-complete': ['green', 'all complete'],
  failures: ['red', 'failures'],
  incomplete: ['yellow', 'incomplete'],
} as const;

function verdict({ verdict: found, swarms, interruptedBy }: InteropResult, paint: Paint): string {
  const [style, text] = verdicts[found];
  const count = (state: InteropSwarm['state']): number => swarms.filter((swarm) => swarm.state === state).length;
  const counts = (['ok', 'failed', 'stopped'] as const).flatMap((state) => {
    return count(state) === 0 ? [] : [`${count(state)} ${state}`];
  });
  const end = interruptedBy === undefined ? '' : `, interrupted by ${interruptedBy}`;
  return `Interop: ${paint(style, text)}${end}; ${plural(swarms.length, 'swarm')}${counts.length > 0 ? `: ${counts.join(', ')}` : ''}`;
}

function cut(text: string): string {
  const line = oneLine(text);
  return line.length > lineCharacters ? `${line.slice(0, lineCharacters)}…` : line;
}

function lastLines(text = ''): string[] {
  const trimmed = text.trim();
  return trimmed === '' ? [] : trimmed.split('\n').slice(-stderrLines);
}
