import { median } from 'simple-statistics';
import type { CompareResult } from '../../schemas/types.ts';
import { cellTimes } from './cell-times.ts';
import { confidenceInterval, messageNote, milliseconds, notableMessages, pValue, signedPercent } from './text.ts';
import { count, plural } from '../figures.ts';

/** A table of a comparison as every text report shows it: its heads and its rows, in plain text. */
export interface TextTable {
  readonly head: readonly string[];
  readonly rows: readonly string[][];
}

/** The median times of each cell in which both sides completed. */
export function timeTable(result: CompareResult): TextTable {
  const rows = cellTimes(result)
    .filter(({ baseMs, headMs }) => baseMs.length > 0 && headMs.length > 0)
    .map(({ peers, blocks, baseMs, headMs, changePercent }) => [
      `${plural(peers, 'peer')} × ${plural(blocks, 'block')}`,
      milliseconds(median([...baseMs])),
      milliseconds(median([...headMs])),
      signedPercent(changePercent),
    ]);
  return { head: ['Swarm, medians', 'Base', 'Head', 'Change'], rows };
}

/** The verdict of each batch, and of how many rounds it is, where not of all that were played. */
export function batchTable({ batches }: CompareResult): TextTable {
  const rows = batches.map(({ times: verdict, rounds }, at) => [
    `Batch ${at + 1}`,
    verdict.rounds === rounds.length ? String(verdict.rounds) : `${verdict.rounds} of ${rounds.length}`,
    signedPercent(verdict.changePercent),
    confidenceInterval(verdict),
    pValue(verdict),
    verdict.change,
  ]);
  return { head: ['', 'Rounds', 'Change', 'Either end 99 % sure', 'p', 'Verdict'], rows };
}

/** The requests that differ or were allowed to. */
export function messageTable({ messages }: CompareResult): TextTable {
  const rows = notableMessages(messages).map((entry) => [
    `${entry.peers} × ${entry.blocks}`,
    entry.action,
    count(entry.base),
    count(entry.head),
    messageNote(entry),
  ]);
  return { head: ['Swarm', 'Requests', 'Base', 'Head', ''], rows };
}

/** Said in place of the table of requests when it has no row, though requests were counted. */
export const sameMessages = 'Requests: the same of every action.';

/** The verdict of each micro-benchmark; no rows if none ran. */
export function microTable({ micro = [] }: CompareResult): TextTable {
  const rows = micro.map(({ task, change, verdicts }) => [task, signedPercent(verdicts[0]?.changePercent), change]);
  return { head: ['Micro-benchmark', 'Change', 'Verdict'], rows };
}
