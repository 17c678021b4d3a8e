import { mean } from 'simple-statistics';
import type { PaperCell } from '../../bench/grid/paper-tables.ts';
import type { PeerRow } from '../../schemas/types.ts';
import type { BenchTableRow, Figures } from './table-row.ts';

const columns = ['seconds', 'sent', 'received'] as const;

/**
 * The report's rows, fastest first. Beside each figure stands ours of the same rank in its column (the mean over the
 * samples): which peer is called peer1 is chance, in the report as here.
 * @param ofTimes the peers of each sample that times are read from
 * @param ofCounts the same for counts
 */
export function rowsByRank(
  { rows }: PaperCell,
  ofTimes: readonly PeerRow[][],
  ofCounts: readonly PeerRow[][],
): BenchTableRow[] {
  const ours = {
    seconds: means(ofTimes, ({ startToCompleteMs }) => startToCompleteMs && startToCompleteMs / 1000),
    sent: means(ofCounts, ({ messages }) => messages?.sent),
    received: means(ofCounts, ({ messages }) => messages?.received),
  };
  const sorted = [...rows].sort((a, b) => a.seconds - b.seconds);
  const rankings = columns.map((column) => [column, ranks(sorted.map((row) => row[column]))] as const);
  return sorted.map(({ peerId, lostLoops, ...report }, at) => {
    const measured: Figures = Object.fromEntries(
      rankings.flatMap(([column, rankAt]) => {
        const value = ours[column]?.[rankAt[at] ?? 0];
        return value === undefined ? [] : [[column, value]];
      }),
    );
    return {
      peerId,
      measured,
      report,
      deviation: deviation(measured, report),
      lostLoops: lostLoops !== undefined,
      failures: new Map(),
    };
  });
}

/** How far ours is from theirs, in percent of theirs, where both are known. */
export function deviation(ours: Figures, theirs: Figures): Figures {
  return Object.fromEntries(
    columns.flatMap((column) => {
      const [mine, other] = [ours[column], theirs[column]];
      return mine === undefined || !other ? [] : [[column, (mine / other - 1) * 100]];
    }),
  );
}

/** The smallest value of every sample, the second smallest, and so on, each as a mean; nothing if one lacks a value. */
function means(samples: readonly PeerRow[][], value: (row: PeerRow) => number | undefined): number[] | undefined {
  const sorted = samples.map((rows) => rows.flatMap((row) => value(row) ?? []).sort((a, b) => a - b));
  if (sorted.some((values, at) => values.length < (samples[at]?.length ?? 0))) return undefined;
  return sorted[0]?.map((_value, rank) => mean(sorted.flatMap((values) => values[rank] ?? [])));
}

/** The rank of each value, the smallest being 0; of equal ones the first has the lower rank. */
function ranks(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  return values.map((_value, at) => order.indexOf(at));
}
