import type { PeerOptions } from '../peer/peer-options.ts';
import type { Random } from '../random.ts';

/** Options for a peer in a test: the paper's intervals, at full speed. */
export function testPeerOptions(random: Random, options: Partial<PeerOptions> = {}): PeerOptions {
  return {
    peerId: 'me',
    listenPort: 1,
    totalBlocks: 4,
    window: 1,
    unchokeMs: 10_000,
    infoMs: 15_000,
    peersMs: 3000,
    paceMs: 0,
    startDelayMs: 0,
    requestTimeoutMs: 5000,
    giveUpMs: 60_000,
    stay: false,
    random,
    ...options,
  };
}
