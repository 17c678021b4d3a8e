import type { PeerSetup, PeerStage, SubjectRequest } from '../../../stage/peer-stage.ts';
import { grant } from '../../../stage/replies.ts';
import { sampleBlocks } from '../../../stage/sample-blocks.ts';
import type { ScriptedPeer } from '../../../stage/scripted-peer.ts';
import { actsOnNewsWithinMs } from '../../../time-limits.ts';
import { answerReadAtMs } from '../../../wire/answer-read.ts';

/** Enough blocks, granted slowly enough, that many are still missing when the subject knows all holders. */
const defaultBlocks = 30;
export const defaultAnswerAfterMs = 100;

const ids = ['ana', 'bia', 'caio', 'davi'];

interface SlowSwarm {
  readonly blocks?: number;
  readonly answerAfterMs?: number;
  /** Changes the text of a block. */
  readonly text?: (line: string, index: number) => string;
}

/** Four peers that serve all they hold, and a tracker that grants every block, all of them slowly. */
export function slowSwarm(
  holds: (index: number, peer: number) => boolean,
  { blocks: count = defaultBlocks, answerAfterMs = defaultAnswerAfterMs, text = (line) => line }: SlowSwarm = {},
) {
  const blocks = sampleBlocks(count).map(text);
  const indices = [...blocks.keys()];
  return {
    blocks,
    peers: ids.map((id, n) => ({ id, holds: new Set(indices.filter((index) => holds(index, n))), answerAfterMs })),
    tracker: { initialBlocks: [], block: (index: number) => grant(index, blocks, answerAfterMs) },
    longInfos: true,
  } satisfies PeerSetup;
}

export const isBlockRequest = ({ action }: SubjectRequest): boolean =>
  action === 'request_block' || action === 'request_block_tracker';

/** When the subject had read the blocks of all peers, in milliseconds since the case began; Infinity if it has not. */
export function allToldMs(peer: PeerStage): number {
  const readAtMs = (other: ScriptedPeer): number => Math.min(...other.seen('have_blocks_info').map(answerReadAtMs));
  return Math.max(...peer.peers.map(readAtMs));
}

/**
 * The block requests of the subject, divided by the time from which its choices rest on the blocks of all peers: it has been told
 * them, at `learnedMs`, and the interval in which it learned them is over, even if that ends late.
 */
export function settledRequests(
  peer: PeerStage,
  learnedMs = allToldMs(peer),
): { settled: SubjectRequest[]; before: SubjectRequest[] } {
  const settledMs = learnedMs + actsOnNewsWithinMs(peer.context.timing);
  const requests = peer.requests().filter(isBlockRequest);
  return {
    settled: requests.filter((request) => request.sinceMs >= settledMs),
    before: requests.filter((request) => request.sinceMs < settledMs),
  };
}
