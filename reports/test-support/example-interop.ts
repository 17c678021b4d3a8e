import type { InteropResult, InteropSwarm } from '../../schemas/types.ts';
import { benchmarkOf } from './example-results.ts';

/** A swarm of the tracker of one implementation with peers of another. */
export function interopSwarm(tracker: number, other: number, failure?: InteropSwarm['failure']): InteropSwarm {
  return {
    kind: 'pair',
    tracker,
    other,
    file: { kind: 'text', sizeBytes: 1, sha256: '0'.repeat(64) },
    startedAt: new Date(0).toISOString(),
    durationMs: 1,
    state: failure ? 'failed' : 'ok',
    peers: [],
    ...(failure && { failure }),
  };
}

export function interopOf(names: readonly string[], swarms: InteropSwarm[]): InteropResult {
  const intervals = { unchokeMs: 1, infoMs: 1, peersMs: 1, paceMs: 0 };
  return {
    format: 'minibit-interop-1',
    verdict: swarms.some(({ state }) => state === 'failed') ? 'failures' : 'all-complete',
    harness: benchmarkOf().harness,
    options: { blocks: 4, jobs: 2, intervals },
    implementations: names.map((name) => ({ name, manifest: `/x/${name}` })),
    swarms,
  };
}

/** A peer of the second implementation is at fault. */
export const wrongBlock: NonNullable<InteropSwarm['failure']> = {
  blamed: [1],
  culprit: 'peer2',
  sentence: 'It gave another content.',
  clause: 'peer.request-block.serves',
  requirement: 'A peer answers.',
  message: { atMs: 12.5, from: 'peer2', to: 'peer1', connection: 7, text: '{"\u001b[31m":1}' },
  lastMessages: [
    { atMs: 12.1, from: 'peer1', to: 'peer2', connection: 7, text: '{"action":"\u001b[31m"}' },
    { atMs: 12.5, from: 'peer2', to: 'peer1', connection: 7, text: '{"\u001b[31m":1}' },
  ],
};
