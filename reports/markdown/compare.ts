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
import { inline, table } from './text.ts';

const marks: Readonly<Record<CompareResult['exitCode'], string>> = { 0: '✅', 1: '❌', 3: '⚠️' };

/** A comparison as a summary of a CI step. */
export function compareMarkdown(result: CompareResult): string {
  const { base, head, verdict, exitCode, reasons, evidence, micro } = result;
  const parts = [
    `## ${marks[exitCode]} ${inline(head.name)} against ${inline(sideWords(base))}: ${verdict}, ${exitCodeMeans[exitCode]}`,
    reasons.map((reason) => `- ${inline(reason)}`).join('\n'),
    ...(evidence === 'stored' ? [`> ${storedWarning}`] : []),
    times(result),
    verdicts(result),
    messages(result),
    ...(micro ? [tasks(micro)] : []),
    `${inline(method(result))}. Head is ${inline(sideWords(head))}.`,
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
  return rows.length === 0 ? '' : table(['Swarm, medians', 'Base', 'Head', 'Change'], rows);
}

function verdicts({ batches }: CompareResult): string {
  const head = ['Batch', 'Rounds', 'Change', 'Either end 99 % sure', 'p', 'Verdict'];
  const rows = batches.map(({ times: verdict }, at) => [
    String(at + 1),
    String(verdict.rounds),
    signed(verdict.changePercent),
    interval(verdict),
    pOf(verdict),
    verdict.change,
  ]);
  return rows.length === 0 ? '' : table(head, rows);
}

function messages({ messages: all }: CompareResult): string {
  if (all.length === 0) return '';
  const rows = notable(all).map((entry) => [
    `${entry.peers} × ${entry.blocks}`,
    inline(entry.action),
    count(entry.base),
    count(entry.head),
    inline(messageNote(entry)),
  ]);
  if (rows.length === 0) return 'Requests: the same of every action.';
  return table(['Swarm', 'Requests', 'Base', 'Head', ''], rows);
}

function tasks(micro: NonNullable<CompareResult['micro']>): string {
  const rows = micro.map(({ task, change, verdicts: all }) => [inline(task), signed(all[0]?.changePercent), change]);
  return table(['Micro-benchmark', 'Change', 'Verdict'], rows);
}
