import { mean } from 'simple-statistics';
import type { PaperCell } from '../../bench/grid/paper-tables.ts';
import type { PeerRow } from '../../schemas/types.ts';
import type { BenchTableRow, Figures } from './table-row.ts';

const columns = ['seconds', 'sent', 'received'] as const;

/**
 * The paper's rows, fastest first. Each figure stands beside the measured one of the same rank in its column (the mean
 * over the samples), as it is chance which peer is called peer1.
 * @param timed the peers of each sample that times are read from
 * @param counted the peers of each sample that message counts are read from
 */
export function rowsByRank(
  { rows }: PaperCell,
  timed: readonly PeerRow[][],
  counted: readonly PeerRow[][],
): BenchTableRow[] {
  const ranked = {
    seconds: meansByRank(timed, ({ startToCompleteMs }) => startToCompleteMs && startToCompleteMs / 1000),
    sent: meansByRank(counted, ({ messages }) => messages?.sent),
    received: meansByRank(counted, ({ messages }) => messages?.received),
  };
  const sorted = [...rows].sort((a, b) => a.seconds - b.seconds);
  const rankings = columns.map((column) => [column, ranks(sorted.map((row) => row[column]))] as const);
  return sorted.map(({ peerId, lostLoops, ...paper }, at) => {
    const measured: Figures = Object.fromEntries(
      rankings.flatMap(([column, rankAt]) => {
        const value = ranked[column]?.[rankAt[at] ?? 0];
        return value === undefined ? [] : [[column, value]];
      }),
    );
    return {
      peerId,
      measured,
      paper,
      deviation: deviation(measured, paper),
      lostLoops: lostLoops !== undefined,
      failures: new Map(),
    };
  });
}

/** Measured figures against the paper's, in percent of the paper's, where both are known. */
export function deviation(measured: Figures, paper: Figures): Figures {
  return Object.fromEntries(
    columns.flatMap((column) => {
      const [value, reference] = [measured[column], paper[column]];
      return value === undefined || !reference ? [] : [[column, (value / reference - 1) * 100]];
    }),
  );
}

/** The smallest value of every sample, the second smallest, and so on, each as a mean; undefined if a peer is not complete. */
function meansByRank(samples: readonly PeerRow[][], value: (row: PeerRow) => number | undefined): number[] | undefined {
  const sorted = samples.map((rows) =>
    rows.flatMap((row) => (row.outcome === 'complete' ? value(row) : undefined) ?? []).sort((a, b) => a - b),
  );
  if (sorted.some((values, at) => values.length < (samples[at]?.length ?? 0))) return undefined;
  return sorted[0]?.map((_value, rank) => mean(sorted.flatMap((values) => values[rank] ?? [])));
}

/** The rank of each value, 0 for the smallest; of equal values the first ranks lower. */
function ranks(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  return values.map((_value, at) => order.indexOf(at));
}
