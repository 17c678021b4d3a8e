import type { CompareResult, ComparedBatch } from '../../schemas/types.ts';
import { benchmarkOf } from './example-results.ts';

/** A small made-up comparison with memorable figures. */
export function comparison(some: Partial<CompareResult> = {}): CompareResult {
  return {
    format: 'minibit-compare-1',
    verdict: 'slower',
    exitCode: 1,
    reasons: [
      'Head is slower than base.',
      'More announce_block in 3 × 40: 360 instead of 240 per swarm, in every round.',
    ],
    evidence: 'interleaved',
    base: { name: 'example', version: '1.0.0', source: 'git:main', commit: '0123456789abcdef0123456789abcdef01234567' },
    head: { name: 'example', version: '1.1.0', source: 'example' },
    harness: benchmarkOf().harness,
    options: {
      rounds: 12,
      floorPercent: 3,
      window: 1,
      intervals: { unchokeMs: 300, infoMs: 450, peersMs: 90, paceMs: 0 },
      links: { latencyMs: 5, bytesPerSecond: 10e6 },
    },
    cells: [{ peers: 3, blocks: 40, fileBytes: 11_000 }],
    batches: [batch, batch],
    messages: [
      { peers: 3, blocks: 40, action: 'register', base: 3, head: 3, increased: false, allowedPercent: 0 },
      { peers: 3, blocks: 40, action: 'get_peers', base: 20, head: 20.5, increased: false, allowedPercent: 3 },
      { peers: 3, blocks: 40, action: 'announce_block', base: 240, head: 360, increased: true, allowedPercent: 0 },
      { peers: 3, blocks: 40, action: 'other', base: 0, head: 3, increased: false, reason: 'Agreed.' },
    ],
    ...some,
  };
}

const batch: ComparedBatch = {
  times: {
    change: 'slower',
    rounds: 12,
    changePercent: 5.25,
    leastPercent: 4,
    mostPercent: 6.5,
    pSlower: 1 / 4096,
    pFaster: 1,
  },
  stealPercent: 0.5,
  rounds: Array.from({ length: 12 }, (_, at) => ({
    first: 'base' as const,
    cells: [{ base: { windowMs: 1000 + at, failures: [] }, head: { windowMs: 1050 + at, failures: [] } }],
    logRatio: 0.05,
  })),
};
