import type { ActionCounts, BenchmarkCell, BenchmarkResult, PeerRow } from '../../schemas/types.ts';

export function actionCounts(some: Partial<ActionCounts> = {}): ActionCounts {
  const none = { register: 0, get_peers: 0, request_block: 0, request_block_tracker: 0 };
  return { ...none, have_blocks_info: 0, announce_block: 0, peer_offline: 0, other: 0, ...some };
}

/** A peer that completes after `milliseconds`. */
export function completeRow(peerId: string, milliseconds: number, sent: number, received: number): PeerRow {
  const messages = {
    sent,
    received,
    sentToPeers: actionCounts({ announce_block: sent }),
    sentToTracker: actionCounts({ register: 1 }),
    receivedFromPeers: actionCounts({ announce_block: received }),
  };
  const times = { startToCompleteMs: milliseconds, registrationToCompleteMs: milliseconds / 2 };
  return { peerId, outcome: 'complete', exit: { code: 0 }, ...times, messages };
}

/** A cell with one sample per list of rows. */
export function cellOf(peers: number, blocks: number, ...samples: PeerRow[][]): BenchmarkCell {
  const rest = { pass: 'counting' as const, startedAt: '2030-01-01T00:00:00.000Z', durationMs: 1000 };
  return {
    peers,
    blocks,
    fileBytes: 11_000,
    deadlineMs: 30_000,
    samples: samples.map((rows) => ({ ...rest, peers: rows })),
  };
}

/** A result at full speed. */
export function benchmarkOf(...cells: BenchmarkCell[]): BenchmarkResult {
  const intervals = { unchokeMs: 300, infoMs: 450, peersMs: 90, paceMs: 0 };
  return {
    format: 'minibit-benchmark-2',
    verdict: 'complete',
    implementation: { name: 'example', version: '1.0.0', manifest: 'example/minibit.json' },
    roles: { tracker: 'example', peer: 'example' },
    harness: {
      version: '0.1.0',
      node: 'v20.19.0',
      platform: 'Linux x64',
      cpuModel: 'A CPU',
      cores: 2,
      memoryBytes: 8e9,
      loadAverage: [0, 0, 0],
      seed: 1,
      startedAt: '2030-01-01T00:00:00.000Z',
    },
    machineDuring: { loadAverage: 1, harnessCpuMs: 500, stealPercent: 0 },
    options: {
      profile: 'full-speed',
      peers: cells.map(({ peers }) => peers),
      blocks: cells.map(({ blocks }) => blocks),
      repeat: 1,
      window: 1,
      intervals,
      file: { name: 'text', sizeBytes: 11_000, sha256: '0'.repeat(64) },
    },
    timing: { startMs: 0, unchokeMs: 300, infoMs: 450, peersMs: 90, blockMs: 0 },
    cells,
  };
}

/** A result at the paper's pace. */
export function paperPaceOf(...cells: BenchmarkCell[]): BenchmarkResult {
  const result = benchmarkOf(...cells);
  const timing = { startMs: 1000, unchokeMs: 10_000, infoMs: 15_000, peersMs: 3000, blockMs: 3000 };
  return { ...result, options: { ...result.options, profile: 'report' }, timing };
}
