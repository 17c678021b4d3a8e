import { mean } from 'simple-statistics';
import { paperCell } from '../../bench/grid/paper-tables.ts';
import type { BenchmarkCell, BenchmarkResult, PeerRow } from '../../schemas/types.ts';
import { countedSamples, timedSamples, timesIncludeRelay } from './runs.ts';
import { deviation, rowsByRank } from './paper-rows.ts';
import type { BenchTableRow, Figures } from './table-row.ts';

/** A cell as the report would print it, beside what the report printed. */
export interface BenchTable {
  readonly peers: number;
  readonly blocks: number;
  /** How many samples the times are of, and whether those were run with the relay. */
  readonly timed: number;
  readonly timesIncludeRelay: boolean;
  /** How many samples the counts are of; 0: they are unavailable. */
  readonly counted: number;
  readonly isInPaper: boolean;
  readonly rows: readonly BenchTableRow[];
  readonly measured: Figures;
  readonly report: Figures;
  readonly deviation: Figures | undefined;
  /** The report's mean time over the measured mean time; absent at the report's own pace. */
  readonly factor: number | undefined;
}

/**
 * Puts our rows beside the report's: at full speed peer by peer, both are named peer1, peer2, and so on; at the report's
 * pace by rank, with the deviation.
 */
export function benchTable(
  { peers, blocks, samples }: BenchmarkCell,
  profile: BenchmarkResult['options']['profile'],
): BenchTable {
  const theirs = paperCell(peers, blocks);
  const ofTimes = timedSamples(samples).map((sample) => sample.peers);
  const ofCounts = countedSamples(samples).map((sample) => sample.peers);
  const measured = figures(ofTimes.flat(), ofCounts.flat());
  const isCompared = theirs !== undefined && profile === 'report';
  const report: Figures = theirs?.mean ?? {};
  return {
    peers,
    blocks,
    timed: ofTimes.length,
    timesIncludeRelay: timesIncludeRelay(samples),
    counted: ofCounts.filter((rows) => rows.some(({ messages }) => messages !== undefined)).length,
    isInPaper: theirs !== undefined,
    rows: isCompared ? rowsByRank(theirs, ofTimes, ofCounts) : rowsByName(ofTimes, ofCounts, theirs?.rows ?? []),
    measured,
    report,
    deviation: isCompared ? deviation(measured, report) : undefined,
    factor: !isCompared && report.seconds && measured.seconds ? report.seconds / measured.seconds : undefined,
  };
}

function rowsByName(
  ofTimes: readonly PeerRow[][],
  ofCounts: readonly PeerRow[][],
  theirs: readonly (Figures & { peerId: string })[],
): BenchTableRow[] {
  const ids = new Set([...ofTimes, ...ofCounts].flat().map(({ peerId }) => peerId));
  return [...ids].map((peerId): BenchTableRow => {
    const ofPeer = (samples: readonly PeerRow[][]): PeerRow[] => samples.flat().filter((row) => row.peerId === peerId);
    const runs = ofPeer([...new Set([...ofTimes, ...ofCounts])]);
    const report = theirs.find((row) => row.peerId === peerId) ?? {};
    const measured = figures(ofPeer(ofTimes), ofPeer(ofCounts));
    return { peerId, measured, report, lostLoops: false, failures: failures(runs) };
  });
}

function figures(timed: readonly PeerRow[], counted: readonly PeerRow[]): Figures {
  const complete = timed.flatMap(({ startToCompleteMs }) => startToCompleteMs ?? []);
  const counts = counted.flatMap(({ messages }) => messages ?? []);
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
