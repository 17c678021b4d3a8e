import { median } from 'simple-statistics';
import type { CompareResult } from '../../schemas/types.ts';
import { cellTimes } from './cell-times.ts';
import { confidenceInterval, messageNote, milliseconds, notableMessages, pValue, signedPercent } from './text.ts';
import { count, shortSwarmSize, swarmSize } from '../figures.ts';

/** A table of a comparison in plain text, the same in every report. */
export interface TextTable {
  readonly head: readonly string[];
  readonly rows: readonly string[][];
}

/** The median times of each cell in which both builds completed. */
export function timeTable(result: CompareResult): TextTable {
  const rows = cellTimes(result)
    .filter(({ baseMs, headMs }) => baseMs.length > 0 && headMs.length > 0)
    .map(({ peers, blocks, baseMs, headMs, changePercent }) => [
      swarmSize(peers, blocks),
      milliseconds(median([...baseMs])),
      milliseconds(median([...headMs])),
      signedPercent(changePercent),
    ]);
  return { head: ['Swarm, medians', 'Base', 'Head', 'Change'], rows };
}

/** The verdict of each batch, and how many of its rounds count. */
export function batchTable({ batches }: CompareResult): TextTable {
  const rows = batches.map(({ times: verdict, rounds }, at) => [
    `Batch ${at + 1}`,
    verdict.rounds === rounds.length ? String(verdict.rounds) : `${verdict.rounds} of ${rounds.length}`,
    signedPercent(verdict.changePercent),
    confidenceInterval(verdict),
    pValue(verdict),
    verdict.change,
  ]);
  return { head: ['', 'Rounds', 'Change', '98 % interval', 'p', 'Verdict'], rows };
}

/** The numbers of requests that differ or may differ. */
export function messageTable({ messages }: CompareResult): TextTable {
  const rows = notableMessages(messages).map((entry) => [
    shortSwarmSize(entry),
    entry.action,
    count(entry.base),
    count(entry.head),
    messageNote(entry),
  ]);
  return { head: ['Swarm', 'Requests', 'Base', 'Head', ''], rows };
}

/** Replaces the table of requests if it has no rows although requests were counted. */
export const sameMessages = 'Requests: equal numbers of every action.';

/** The verdict of each micro-benchmark. */
export function microTable({ micro = [] }: CompareResult): TextTable {
  const rows = micro.map(({ task, change, verdicts }) => [task, signedPercent(verdicts[0]?.changePercent), change]);
  return { head: ['Micro-benchmark', 'Change', 'Verdict'], rows };
}
