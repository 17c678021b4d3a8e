import type { MessageCounter } from '../relay/message-counter.ts';

/**
 * Why the counts of a swarm are unreliable; `undefined` if they are reliable. The relay must have seen a complete peer
 * receive every block: otherwise the peer, or the one that sent the block, bypassed the relay.
 * @param complete the numbers of the peers whose file is complete
 */
export function countsUnavailable(
  counter: MessageCounter,
  complete: readonly number[],
  blocks: number,
  fileBytes: number,
): string | undefined {
  // A file with fewer bytes than blocks has empty blocks, which need no message.
  const needed = blocks <= fileBytes ? blocks : 0;
  for (const peer of complete) {
    const seen = new Set(counter.transfers(peer).map(({ block }) => block)).size;
    if (seen < needed)
      return `peer ${peer + 1} has ${blocks} blocks, but the relay saw it receive ${seen}: traffic bypassed the relay`;
  }
  return counter.gaps.length > 0 ? counter.gaps.join('; ') : undefined;
}
