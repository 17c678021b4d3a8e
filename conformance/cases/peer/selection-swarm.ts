import type { PeerSetup, PeerStage, SubjectRequest } from '../../stage/peer-stage.ts';
import { grant } from '../../stage/replies.ts';
import { sampleBlocks } from '../../stage/sample-blocks.ts';
import { field } from '../../wire/message.ts';
import type { SeenRequest } from '../../wire/scripted-server.ts';
import { actsOnNewsWithinMs } from '../../time-limits.ts';

/** Enough blocks, given slowly enough, that many are still to come when the subject knows everything. */
const BLOCKS = 30;
const ANSWER_AFTER_MS = 100;
const ids = ['ana', 'bia', 'caio', 'davi'];

interface SlowSwarm {
  readonly blocks?: number;
  readonly answerAfterMs?: number;
  /** What becomes of a line of the file. */
  readonly text?: (line: string, index: number) => string;
}

/** Four peers that serve all they hold, and a tracker that has everything: each takes its time for a block. */
export function slowSwarm(
  holds: (index: number, peer: number) => boolean,
  { blocks: count = BLOCKS, answerAfterMs = ANSWER_AFTER_MS, text = (line) => line }: SlowSwarm = {},
) {
  const blocks = sampleBlocks(count).map(text);
  const indices = [...blocks.keys()];
  return {
    blocks,
    peers: ids.map((id, n) => ({ id, holds: new Set(indices.filter((index) => holds(index, n))), answerAfterMs })),
    tracker: { initialBlocks: [], block: (index: number) => grant(index, blocks, answerAfterMs) },
    intervals: { infoMs: 60_000 },
  } satisfies PeerSetup;
}

export const blockIndex = ({ body }: SeenRequest): number => Number(field(body, 'block_index'));

const isBlockRequest = ({ action }: SubjectRequest): boolean =>
  action === 'request_block' || action === 'request_block_tracker';

/** When all peers have told the subject their blocks, in milliseconds since the case began. */
export function toldMs(peer: PeerStage): number {
  return Math.max(...peer.peers.map((other) => other.seen('have_blocks_info')[0]?.atMs ?? Infinity));
}

/**
 * The block requests of the subject from when on it knows what everybody has and trades with everybody: it has been told,
 * and the interval in which it learned that is over, even if it is late. What it asked for before is left aside.
 */
export function settledRequests(
  peer: PeerStage,
  learnedMs = toldMs(peer),
): { settled: SubjectRequest[]; before: SubjectRequest[] } {
  const settledMs = learnedMs + actsOnNewsWithinMs(peer.context.timing);
  const requests = peer.requests().filter(isBlockRequest);
  return {
    settled: requests.filter((request) => request.sinceMs >= settledMs),
    before: requests.filter((request) => request.sinceMs < settledMs),
  };
}
