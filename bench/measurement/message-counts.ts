import type { MessageCounts } from '../../schemas/types.ts';
import type { Traffic } from '../relay/traffic.ts';

/**
 * What one peer sent and received, in the report's terms (decisions 6): sent are the announcements and questions for
 * blocks to other peers, not the block requests; received is every request that its own server got.
 */
export function messageCounts(traffic: Traffic, peer: number): MessageCounts {
  const sentToPeers = traffic.sent(peer, 'peers');
  const receivedFromPeers = traffic.received(peer);
  return {
    sent: sentToPeers.announce_block + sentToPeers.have_blocks_info,
    received: Object.values(receivedFromPeers).reduce((sum, count) => sum + count, 0),
    sentToPeers,
    sentToTracker: traffic.sent(peer, 'tracker'),
    receivedFromPeers,
  };
}

/**
 * Why the counts of a swarm are not to be believed; `undefined` if they are. A peer whose file is complete must have
 * been seen to get its blocks: else it, or the one that it got them from, went round the relay.
 * @param complete the numbers of the peers whose file is complete
 */
export function countsUnavailable(
  traffic: Traffic,
  complete: readonly number[],
  blocks: number,
  fileBytes: number,
): string | undefined {
  // Blocks of a file with fewer bytes than blocks may be empty, and need no message.
  const needed = blocks <= fileBytes ? blocks : 0;
  for (const peer of complete) {
    const seen = new Set(traffic.transfers(peer).map(({ block }) => block)).size;
    if (seen < needed)
      return `peer ${peer + 1} has ${blocks} blocks, but the relay saw it get ${seen}: it was got round`;
  }
  return traffic.gaps.length > 0 ? traffic.gaps.join('; ') : undefined;
}
