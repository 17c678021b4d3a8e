import { mean } from 'simple-statistics';
import { reportCell, type ReportFigures } from '../bench/report-tables.ts';
import type { BenchmarkCell, PeerRow } from '../schemas/types.ts';

/** Figures in the report's units; one that could not be had is absent. */
export type Figures = Partial<ReportFigures>;

/** One line of a cell's table. */
export interface BenchTableRow {
  readonly peerId: string;
  /** Means over the samples. */
  readonly measured: Figures;
  readonly report: Figures;
  /** How many samples of this peer did not end with its file complete, by outcome. */
  readonly failures: ReadonlyMap<PeerRow['outcome'], number>;
}

/** A cell as the report would print it, beside what the report printed. */
export interface BenchTable {
  readonly peers: number;
  readonly blocks: number;
  readonly samples: number;
  readonly inReport: boolean;
  readonly rows: readonly BenchTableRow[];
  readonly measured: Figures;
  readonly report: Figures;
  /** The report's mean time over the measured mean time. */
  readonly factor: number | undefined;
}

/** Puts our rows beside the report's, peer by peer: both are named peer1, peer2, and so on. */
export function benchTable({ peers, blocks, samples }: BenchmarkCell): BenchTable {
  const theirs = reportCell(peers, blocks);
  const names = [...new Set(samples.flatMap((sample) => sample.peers.map(({ peerId }) => peerId)))];
  const rows = names.map((peerId): BenchTableRow => {
    const runs = samples.flatMap((sample) => sample.peers.filter((row) => row.peerId === peerId));
    const report = theirs?.rows.find((row) => row.peerId === peerId) ?? {};
    return { peerId, measured: figures(runs), report, failures: failures(runs) };
  });
  const measured = figures(samples.flatMap((sample) => sample.peers));
  const report: Figures = theirs?.mean ?? {};
  const factor = report.seconds && measured.seconds ? report.seconds / measured.seconds : undefined;
  return { peers, blocks, samples: samples.length, inReport: theirs !== undefined, rows, measured, report, factor };
}

function figures(rows: readonly PeerRow[]): Figures {
  const complete = rows.flatMap(({ startToCompleteMs }) => startToCompleteMs ?? []);
  const counts = rows.flatMap(({ messages }) => messages ?? []);
  return {
    ...(complete.length > 0 && { seconds: mean(complete) / 1000 }),
    ...(counts.length > 0 && { sent: mean(counts.map(({ sent }) => sent)) }),
    ...(counts.length > 0 && { received: mean(counts.map(({ received }) => received)) }),
  };
}

function failures(rows: readonly PeerRow[]): Map<PeerRow['outcome'], number> {
  const counts = new Map<PeerRow['outcome'], number>();
  for (const { outcome } of rows) if (outcome !== 'complete') counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return counts;
}
