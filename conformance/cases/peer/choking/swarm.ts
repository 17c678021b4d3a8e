import { suiteIntervals } from '../../../stage/context.ts';
import type { PeerSetup } from '../../../stage/peer-stage.ts';
import { grant, withhold } from '../../../stage/replies.ts';
import { sampleBlocks } from '../../../stage/sample-blocks.ts';
import { refusingPeer, type PeerScript } from '../../../stage/scripted-peer.ts';

const blockCount = 24;

/** No peer holds this block and those after it: the tracker grants one of them from time to time. */
const firstFromTracker = 12;
const grantEveryMs = 15_000;

/**
 * The setup of a swarm of peers that refuse every request, so that the subject stays incomplete. The tracker grants a block from
 * time to time, since a subject may give up when it makes no progress for long.
 */
export function refusingSwarm(peers: readonly PeerScript[], { initialBlocks = [0, 1], initialAfterMs = 0 } = {}) {
  const blocks = sampleBlocks(blockCount);
  const startMs = performance.now();
  const isDue = (index: number): boolean =>
    index >= firstFromTracker && (index - firstFromTracker + 1) * grantEveryMs < performance.now() - startMs;
  return {
    blocks,
    peers,
    tracker: {
      initialBlocks,
      block: (index: number) => {
        if (initialBlocks.includes(index)) return grant(index, blocks, initialAfterMs);
        return isDue(index) ? grant(index, blocks) : withhold(index);
      },
    },
    // It is made longer if it is too short for the answers.
    intervals: { unchokeMs: suiteIntervals.unchokeMs },
  } satisfies PeerSetup;
}

/** Peers that refuse every request, from the blocks that each says it holds, by id. */
export const refusingPeers = (holdings: Readonly<Record<string, readonly number[]>>): readonly PeerScript[] =>
  Object.entries(holdings).map(([id, holds]) => refusingPeer(id, holds));

export const bestFour: readonly string[] = ['best-1', 'best-2', 'best-3', 'best-4'];

/** The best four, with these blocks each, and others. */
export const bestFourAnd = (
  best: readonly number[],
  others: Readonly<Record<string, readonly number[]>>,
): readonly PeerScript[] => refusingPeers({ ...Object.fromEntries(bestFour.map((id) => [id, best])), ...others });

/** The best four, with these blocks each, and four others. */
export const bestFourAndFour = (best: readonly number[], other: readonly number[]): readonly PeerScript[] =>
  bestFourAnd(best, Object.fromEntries([1, 2, 3, 4].map((n) => [`other-${n}`, other])));
