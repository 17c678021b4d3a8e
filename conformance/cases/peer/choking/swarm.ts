import type { PeerSetup } from '../../../stage/peer-stage.ts';
import { grant, withhold } from '../../../stage/replies.ts';
import { sampleBlocks } from '../../../stage/sample-blocks.ts';
import { refusingPeer, type PeerScript } from '../../../stage/scripted-peer.ts';

/** The case without which no other says anything of whom a peer serves. */
export const SERVES = 'peer.request-block.serves/initial-block';

/** Blocks up to this one are in the hands of peers that refuse them; the others nobody has. */
const firstFree = 12;
const BLOCKS = 24;
const freeEveryMs = 15_000;

/**
 * The setup of a swarm of peers that refuse every request, so that the subject stays incomplete. From time to time the tracker
 * gives one of the blocks that nobody has: a subject may give up when nothing has moved on for long.
 */
export function swarm(
  peers: readonly PeerScript[],
  { initialBlocks = [0, 1], initialAfterMs = 0, unchokeMs = 0 } = {},
) {
  const blocks = sampleBlocks(BLOCKS);
  const startMs = performance.now();
  const isFree = (index: number): boolean =>
    index >= firstFree && (index - firstFree + 1) * freeEveryMs < performance.now() - startMs;
  return {
    blocks,
    peers,
    tracker: {
      initialBlocks,
      block: (index: number) => {
        if (initialBlocks.includes(index)) return grant(index, blocks, initialAfterMs);
        return isFree(index) ? grant(index, blocks) : withhold(index);
      },
    },
    ...(unchokeMs === 0 ? {} : { intervals: { unchokeMs } }),
  } satisfies PeerSetup;
}

/** The setup, with a tracker that lists nobody until it has been asked so many times. */
export function listedAfter(emptyLists: number, setup: ReturnType<typeof swarm>): PeerSetup {
  let asked = 0;
  return {
    ...setup,
    peers: setup.peers.map((one) => ({ ...one, listedBy: 'get_peers' })),
    tracker: { ...setup.tracker, draw: (listed) => (++asked > emptyLists ? listed : []) },
  };
}

/** Peers that refuse every request, by id, and what they say they have. */
export const misers = (holdings: Readonly<Record<string, readonly number[]>>): readonly PeerScript[] =>
  Object.entries(holdings).map(([id, holds]) => refusingPeer(id, holds));

/** So long that three rounds fit into it on a busy machine. */
export const LONG = { unchokeMs: 2_000 };

export const BEST = ['best-1', 'best-2', 'best-3', 'best-4'];

/** The four best, and four others. */
export const eightPeers = (best: readonly number[], other: readonly number[]): readonly PeerScript[] =>
  misers({
    ...Object.fromEntries(BEST.map((id) => [id, best])),
    ...Object.fromEntries([1, 2, 3, 4].map((n) => [`other-${n}`, other])),
  });
