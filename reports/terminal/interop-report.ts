import type { InteropResult, InteropSwarm } from '../../schemas/types.ts';
import { plural } from '../figures.ts';
import {
  blameText,
  earlierMessageLines,
  failureSentence,
  interopSwarmName,
  messageLine,
  numberedNames,
  otherPeerFailures,
} from '../interop/failure-text.ts';
import { failureGroups, type FailureGroup } from '../interop/failure-groups.ts';
import { blameCounts, blamedNumbers, interopCell, interopMatrix, type InteropCell } from '../interop/matrix.ts';
import { interopVerdicts } from '../interop/verdicts.ts';
import { printableCopy } from '../printable-copy.ts';
import { highlightStyles, type Paint } from './colour.ts';
import { cutLine, fieldLine, outputFields } from './field-line.ts';

/** An interop result for a terminal: the matrix, each kind of failure once, and who is blamed. */
export function interopReport(untrusted: InteropResult, paint: Paint, columns = 100): string {
  const result = printableCopy(untrusted);
  const names = numberedNames(result);
  const parts = [
    names.join('\n'),
    ...matrixTables(result, paint, columns),
    ...result.swarms
      .filter(({ kind }) => kind === 'all')
      .map((swarm) => `${interopSwarmName(swarm)}: ${stateText(interopCell([swarm]), paint)}`),
    ...failureGroups(result).map((group) => failure(group, names, paint)),
    [...blameLines(result, names), verdictLine(result, paint)].join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

/** As many columns beside each other as the terminal has room for. */
function matrixTables(result: InteropResult, paint: Paint, columns: number): string[] {
  const rows = interopMatrix(result);
  const width = Math.max(4, ...rows.flat().map((cell) => cellText(cell).length)) + 2;
  const head = 'tracker of';
  const fit = Math.max(1, Math.floor((columns - head.length - 2) / width));
  const tables: string[] = [];
  for (let from = 0; from < rows.length; from += fit) {
    const numbers = [...rows.keys()].slice(from, from + fit);
    const pad = ' '.repeat(head.length + 2);
    const lines = rows.map((row, tracker) => {
      const cells = row.slice(from, from + fit).map((cell) => stateText(cell, paint, width));
      return `${String(tracker + 1).padStart(head.length)}  ${cells.join('')}`.trimEnd();
    });
    const header = `${head}  ${numbers.map((number) => String(number + 1).padEnd(width)).join('')}`;
    tables.push([`${pad}with peers of`, header.trimEnd(), ...lines].join('\n'));
  }
  return tables;
}

function cellText(cell: InteropCell): string {
  if (cell.state === 'none') return '–';
  return cell.state === 'failed' ? `FAILED ${blamedNumbers(cell)}` : cell.state;
}

function stateText(cell: InteropCell, paint: Paint, width = 0): string {
  const text = cellText(cell).padEnd(width);
  return cell.state === 'failed' ? paint('red', text) : cell.state === 'ok' ? paint('green', text) : text;
}

function failure({ first, others }: FailureGroup, names: readonly string[], paint: Paint): string {
  const { clause, requirement, message, stderrTail, stdoutTail } = first.failure;
  const lines = [
    `${paint('red', 'FAILED')} ${paint('bold', interopSwarmName(first))}, ${blameText(first.failure, names)}`,
    ...(clause === undefined ? [] : [fieldLine('MUST', `${clause}: ${requirement ?? ''}`)]),
    fieldLine('actual', cutLine(failureSentence(first.failure))),
    ...earlierMessageLines(first.failure).map((line) => paint('dim', fieldLine('before', cutLine(line)))),
    ...(message ? [paint('dim', fieldLine('wire', cutLine(messageLine(message))))] : []),
    ...outputFields('stderr', stderrTail),
    ...outputFields('stdout', stdoutTail),
    ...otherPeerFailures(first, names).map((line) => fieldLine('others', cutLine(line))),
    ...(others.length === 0 ? [] : [fieldLine('same in', others.map(interopSwarmName).join('; '))]),
  ];
  return lines.join('\n');
}

function blameLines(result: InteropResult, names: readonly string[]): string[] {
  const open = result.swarms.filter(({ failure: found }) => found?.blamed.length === 0).length;
  return [
    ...blameCounts(result).map(({ number, swarms }) => `blamed: ${names[number] ?? ''} in ${plural(swarms, 'swarm')}`),
    ...(open === 0 ? [] : [`fault undetermined: ${plural(open, 'swarm')} that did not finish`]),
  ];
}

function verdictLine({ verdict, swarms, interruptedBy }: InteropResult, paint: Paint): string {
  const { highlight, name } = interopVerdicts[verdict];
  const count = (state: InteropSwarm['state']): number => swarms.filter((swarm) => swarm.state === state).length;
  const counts = (['ok', 'failed', 'stopped'] as const).flatMap((state) => {
    return count(state) === 0 ? [] : [`${count(state)} ${state}`];
  });
  const end = interruptedBy === undefined ? '' : `, interrupted by ${interruptedBy}`;
  return `Interop: ${paint(highlightStyles[highlight], name)}${end}; ${plural(swarms.length, 'swarm')}${counts.length > 0 ? `: ${counts.join(', ')}` : ''}`;
}
