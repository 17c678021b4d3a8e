import { getBorderCharacters, table } from 'table';
import { median } from 'simple-statistics';
import type { CompareResult } from '../../schemas/types.ts';
import { cellTimes } from '../compare-cells.ts';
import {
  exitCodeMeans,
  interval,
  messageNote,
  method,
  milliseconds,
  notable,
  pOf,
  sideWords,
  signed,
  storedWarning,
} from '../compare-words.ts';
import { count, plural } from '../figures.ts';
import { printableCopy } from '../printable.ts';

const columns = 80;

/** A comparison as text of at most 80 columns. */
export function compareReport(untrusted: CompareResult): string {
  const result = printableCopy(untrusted);
  const { base, head, verdict, exitCode, reasons, evidence } = result;
  const parts = [
    [`base: ${sideWords(base)}`, `head: ${sideWords(head)}`, method(result)].map((line) => wrap(line)).join('\n'),
    ...(evidence === 'stored' ? [wrap(storedWarning)] : []),
    times(result),
    verdicts(result),
    messages(result),
    micro(result),
    [`Head against base: ${verdict}. Exit code ${exitCode}, ${exitCodeMeans[exitCode]}.`, ...reasons]
      .map((line) => wrap(line))
      .join('\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function times(result: CompareResult): string {
  const rows = cellTimes(result)
    .filter(({ baseMs, headMs }) => baseMs.length > 0 && headMs.length > 0)
    .map(({ peers, blocks, baseMs, headMs, changePercent }) => [
      `${plural(peers, 'peer')} × ${plural(blocks, 'block')}`,
      milliseconds(median([...baseMs])),
      milliseconds(median([...headMs])),
      signed(changePercent),
    ]);
  return rows.length === 0 ? '' : grid(['Swarm, medians', 'Base', 'Head', 'Change'], rows);
}

function verdicts({ batches }: CompareResult): string {
  const rows = batches.map(({ times: verdict }, at) => [
    `Batch ${at + 1}`,
    String(verdict.rounds),
    signed(verdict.changePercent),
    interval(verdict),
    pOf(verdict),
    verdict.change,
  ]);
  return grid(['', 'Rounds', 'Change', 'Either end 99 % sure', 'p', 'Verdict'], rows);
}

function messages({ messages: all }: CompareResult): string {
  if (all.length === 0) return '';
  const rows = notable(all).map((entry) => [
    `${entry.peers} × ${entry.blocks}`,
    entry.action,
    count(entry.base),
    count(entry.head),
    wrap(messageNote(entry), 16),
  ]);
  if (rows.length === 0) return 'Requests: the same of every action.';
  return grid(['Swarm', 'Requests', 'Base', 'Head', ''], rows);
}

function micro({ micro: tasks }: CompareResult): string {
  if (tasks === undefined) return '';
  const rows = tasks.map(({ task, change, verdicts: all }) => [wrap(task, 44), signed(all[0]?.changePercent), change]);
  return grid(['Micro-benchmark', 'Change', 'Verdict'], rows);
}

function grid(head: readonly string[], rows: readonly string[][]): string {
  return table([[...head], ...rows], {
    border: getBorderCharacters('norc'),
    columnDefault: { alignment: 'right' },
    columns: { 0: { alignment: 'left' } },
    drawVerticalLine: (index, size) => index === 0 || index === size,
    drawHorizontalLine: (index, size) => [0, 1, size].includes(index),
  }).trimEnd();
}

/** Breaks lines between words, and words that are longer than a line. */
function wrap(text: string, width = columns): string {
  return text
    .split('\n')
    .map((line) => line.replace(new RegExp(`(.{1,${width}})(?: |$)|(.{${width}})`, 'gu'), '$1$2\n').trimEnd())
    .join('\n');
}
