import type { MessageCounts } from '../../schemas/types.ts';
import type { MessageCounter } from '../relay/message-counter.ts';

/**
 * What one peer sent and received, as the paper counts it: sent are the `announce_block` and `have_blocks_info` to other
 * peers, without the block requests; received is every request to the peer's own server.
 */
export function peerMessages(counter: MessageCounter, peer: number): MessageCounts {
  const sentToPeers = counter.sent(peer, 'peers');
  const receivedFromPeers = counter.received(peer);
  return {
    sent: sentToPeers.announce_block + sentToPeers.have_blocks_info,
    received: Object.values(receivedFromPeers).reduce((sum, count) => sum + count, 0),
    sentToPeers,
    sentToTracker: counter.sent(peer, 'tracker'),
    receivedFromPeers,
  };
}
