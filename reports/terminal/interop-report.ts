import type { InteropResult, InteropSwarm } from '../../schemas/types.ts';
import { plural } from '../figures.ts';
import {
  blameCounts,
  failureGroups,
  interopCell,
  interopMatrix,
  type FailureGroup,
  type InteropCell,
} from '../interop-matrix.ts';
import { printableCopy } from '../printable.ts';
import type { Paint } from './colour.ts';

const lineCharacters = 160;
const stderrLines = 6;

/** An interop result for a person at a terminal: the matrix, each kind of failure once, and who is blamed. */
export function interopReport(untrusted: InteropResult, paint: Paint, columns = 100): string {
  const result = printableCopy(untrusted);
  const names = result.implementations.map(({ name }, number) => `${number + 1} ${oneLine(name)}`);
  const of = (number: number): string => names[number] ?? '';
  const parts = [
    names.join('\n'),
    ...matrixTables(result, paint, columns),
    ...result.swarms.filter(({ kind }) => kind === 'all').map((swarm) => `${swarmName(swarm)}: ${cell(swarm, paint)}`),
    ...failureGroups(result).map((group) => failure(group, of, paint)),
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

function swarmName({ kind, tracker, other, file }: InteropSwarm): string {
  const peers = kind === 'all' ? 'a peer of each' : `peers of ${(other ?? 0) + 1}`;
  return `tracker of ${tracker + 1} with ${peers}${file.kind === 'binary' ? ', binary' : ''}`;
}

function failure({ first, others }: FailureGroup, of: (number: number) => string, paint: Paint): string {
  const { blamed, culprit, sentence, clause, requirement, message, stderrTail } = first.failure;
  const whose = blamed.length === 0 ? 'cannot be told whose fault' : `blamed: ${blamed.map(of).join(', ')}`;
  const culprits = culprit?.split(', ') ?? [];
  const troubled = first.peers.filter(({ detail, outcome, peerId }) => {
    const followsFromTracker = outcome === 'cannot-start' && culprits.includes('tracker');
    return detail !== undefined && outcome !== 'stopped' && !followsFromTracker && !culprits.includes(peerId);
  });
  const lines = [
    `${paint('red', 'FAILED')} ${paint('bold', swarmName(first))}, ${whose}`,
    ...(clause === undefined ? [] : [`  MUST     ${clause}: ${requirement ?? ''}`]),
    `  came     ${cut(culprit === undefined ? sentence : `${culprit}: ${sentence}`)}`,
    ...(message ? [paint('dim', `  wire     ${cut(wireLine(message))}`)] : []),
    ...lastLines(stderrTail).map((line) => `  stderr   ${cut(line)}`),
    ...troubled.map(({ peerId, implementation, outcome, detail }) => {
      return `  besides  ${cut(`${peerId} (${of(implementation)}): ${outcome}. ${detail ?? ''}`)}`;
    }),
    ...(others.length === 0 ? [] : [`  alike    ${others.map(swarmName).join('; ')}`]),
  ];
  return lines.join('\n');
}

function wireLine({
  atMs,
  from,
  to,
  connection,
  text,
}: NonNullable<InteropSwarm['failure']>['message'] & object): string {
  return `${atMs.toFixed(1)} ms  ${from} → ${to}  #${connection}  ${text === '' ? '(no message)' : text}`;
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

function oneLine(text: string): string {
  return text.replaceAll('\n', ' ');
}

function cut(text: string): string {
  const line = oneLine(text);
  return line.length > lineCharacters ? `${line.slice(0, lineCharacters)}…` : line;
}

function lastLines(text = ''): string[] {
  const trimmed = text.trim();
  return trimmed === '' ? [] : trimmed.split('\n').slice(-stderrLines);
}
