import { mean } from 'simple-statistics';
import { paperCell } from '../../bench/grid/paper-tables.ts';
import type { BenchmarkCell, BenchmarkResult, PeerRow } from '../../schemas/types.ts';
import { countedSamples, timedSamples, timesIncludeRelay } from './runs.ts';
import { deviation, rowsByRank } from './paper-rows.ts';
import type { BenchTableRow, Figures } from './table-row.ts';

/** A cell in the paper's columns, beside the paper's own figures. */
export interface BenchTable {
  readonly peers: number;
  readonly blocks: number;
  /** How many samples the times are from, and whether those were counting runs, through the relay. */
  readonly timed: number;
  readonly timesIncludeRelay: boolean;
  /** How many samples the message counts are from; 0: unavailable. */
  readonly counted: number;
  readonly isInPaper: boolean;
  /** Whether the figures leave peers out, because these were not complete. */
  readonly leavesOut: boolean;
  readonly rows: readonly BenchTableRow[];
  readonly measured: Figures;
  readonly paper: Figures;
  readonly deviation: Figures | undefined;
  /** The paper's mean time over the measured mean time; absent at the paper's pace. */
  readonly factor: number | undefined;
}

/**
 * Puts measured rows beside the paper's. At full speed they are matched by name, as both are called peer1, peer2, and so
 * on; at the paper's pace by rank, with the deviation.
 */
export function benchTable(
  { peers, blocks, samples }: BenchmarkCell,
  profile: BenchmarkResult['options']['profile'],
): BenchTable {
  const inPaper = paperCell(peers, blocks);
  const timed = timedSamples(samples).map((sample) => sample.peers);
  const counted = countedSamples(samples).map((sample) => sample.peers);
  const measured = figures(timed.flat(), counted.flat());
  const ofAll = [...timed, ...counted].flat();
  const isCompared = inPaper !== undefined && profile === 'report';
  const paper: Figures = inPaper?.mean ?? {};
  return {
    peers,
    blocks,
    timed: timed.length,
    timesIncludeRelay: timesIncludeRelay(samples),
    counted: counted.filter((rows) => rows.some(({ messages }) => messages !== undefined)).length,
    isInPaper: inPaper !== undefined,
    leavesOut: ofAll.some(isComplete) && !ofAll.every(isComplete),
    rows: isCompared ? rowsByRank(inPaper, timed, counted) : rowsByName(timed, counted, inPaper?.rows ?? []),
    measured,
    paper,
    deviation: isCompared ? deviation(measured, paper) : undefined,
    factor: !isCompared && paper.seconds && measured.seconds ? paper.seconds / measured.seconds : undefined,
  };
}

function rowsByName(
  timed: readonly PeerRow[][],
  counted: readonly PeerRow[][],
  paperRows: readonly (Figures & { peerId: string })[],
): BenchTableRow[] {
  const ids = new Set([...timed, ...counted].flat().map(({ peerId }) => peerId));
  return [...ids].map((peerId): BenchTableRow => {
    const ofPeer = (samples: readonly PeerRow[][]): PeerRow[] => samples.flat().filter((row) => row.peerId === peerId);
    const runs = ofPeer([...new Set([...timed, ...counted])]);
    const paper = paperRows.find((row) => row.peerId === peerId) ?? {};
    const measured = figures(ofPeer(timed), ofPeer(counted));
    return { peerId, measured, paper, lostLoops: false, failures: failures(runs) };
  });
}

/** Means over the complete peers: one that fails early sends and receives less. */
function figures(timed: readonly PeerRow[], counted: readonly PeerRow[]): Figures {
  const complete = timed.filter(isComplete).flatMap(({ startToCompleteMs }) => startToCompleteMs ?? []);
  const counts = counted.filter(isComplete).flatMap(({ messages }) => messages ?? []);
  return {
    ...(complete.length > 0 && { seconds: mean(complete) / 1000 }),
    ...(counts.length > 0 && { sent: mean(counts.map(({ sent }) => sent)) }),
    ...(counts.length > 0 && { received: mean(counts.map(({ received }) => received)) }),
  };
}

function isComplete({ outcome }: PeerRow): boolean {
  return outcome === 'complete';
}

function failures(rows: readonly PeerRow[]): Map<PeerRow['outcome'], number> {
  const counts = new Map<PeerRow['outcome'], number>();
  for (const { outcome } of rows) if (outcome !== 'complete') counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  return counts;
}
