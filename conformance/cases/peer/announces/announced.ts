import type { PeerStage } from '../../../stage/peer-stage.ts';
import { grant } from '../../../stage/replies.ts';
import { sampleBlocks } from '../../../stage/sample-blocks.ts';
import { announcesWithinMs, finishesWithinMs } from '../../../time-limits.ts';
import { TimedViolation } from '../../../violation.ts';
import { show } from '../../../wire/expect.ts';
import { field, isObject } from '../../../wire/message.ts';

export const toAll = 'peer.announces.to-all/a-peer-without-blocks';

/** Ana has blocks 2 to 4, bia none, and the tracker grants every block. */
export const anaHasThree = () => {
  const blocks = sampleBlocks(8);
  return {
    blocks,
    peers: [
      { id: 'ana', holds: new Set([2, 3, 4]) },
      { id: 'bia', holds: new Set<number>() },
    ],
    tracker: { block: (index: number) => grant(index, blocks) },
  };
};

/** Answers are so slow that the subject sends get_peers during the download. */
export const answerAfterMs = 200;

/** The blocks whose data did not come with the registration, so that the subject has to announce them. */
export function fetched({ blocks, tracker }: PeerStage): number[] {
  const inline = field(tracker.seen('register')[0]?.answer, 'initial_blocks_data');
  return [...blocks.keys()].filter((index) => !isObject(inline) || field(inline, String(index)) === undefined);
}

/** How often the subject announced each block to a scripted peer, by index. */
export function announced(peer: PeerStage, id: string): Map<unknown, number> {
  const counts = new Map<unknown, number>();
  for (const { body } of peer.peer(id).seen('announce_block')) {
    const index = field(body, 'block_index');
    counts.set(index, (counts.get(index) ?? 0) + 1);
  }
  return counts;
}

export async function untilAnnouncedToBia(peer: PeerStage, indices: readonly number[], what: string): Promise<void> {
  const missing = (): number[] => indices.filter((index) => !announced(peer, 'bia').has(index));
  const limitMs = announcesWithinMs(peer.context.timing);
  await peer.context.transcript.watch.until(() => missing().length === 0, limitMs);
  if (missing().length > 0)
    throw new TimedViolation(
      `announce_block to bia, which has no blocks, for ${what}, within ${limitMs} ms`,
      `none for ${show(missing())}`,
    );
}

/** Throws unless a peer gets an announcement of each block that it does not hold; the last block is for another clause. */
export async function expectAllButOneAnnounced(peer: PeerStage, id: string): Promise<void> {
  await peer.complete();
  const { holds } = peer.peer(id).script;
  const missing = (): number[] => {
    const counts = announced(peer, id);
    return fetched(peer).filter((index) => !counts.has(index) && !holds.has(index));
  };
  const limitMs = finishesWithinMs(peer.context.timing, 0);
  await peer.context.transcript.watch.until(() => missing().length <= 1, limitMs);
  if (missing().length > 1)
    throw new TimedViolation(
      `announce_block to ${id} for each block within ${limitMs} ms`,
      `none for ${show(missing())}`,
    );
}

/** The block that the subject asked for last. */
export function lastBlock(peer: PeerStage): number {
  const requests = peer.requests().filter(({ action }) => action.startsWith('request_block'));
  return Number(field(requests.at(-1)?.body, 'block_index'));
}
