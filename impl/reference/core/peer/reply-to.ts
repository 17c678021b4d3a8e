import type { PeerRequest } from '../wire/requests.ts';
import type { KnownPeers } from './known-peers.ts';

/** What the peer answers: a response, or a block that the I/O layer has to send. */
export type PeerReply =
  | { readonly type: 'respond'; readonly response: { readonly status: 'success' | 'error' } }
  | { readonly type: 'send-block'; readonly index: number };

/** The answer to another peer's request (`peer.have-blocks.*`, `peer.request-block.*`, `peer.announce.*`). Changes no state. */
export function replyTo(request: PeerRequest, ownId: string, peers: KnownPeers): PeerReply {
  if (request.action === 'have_blocks_info') {
    const blocks_info = Array.from(peers.owned, (has) => has === 1);
    return respond({ status: 'success', peer_id: ownId, blocks_info });
  }
  const { sender_id, block_index } = request;
  const { length: totalBlocks } = peers.owned;
  if (block_index < 0 || block_index >= totalBlocks) {
    return respond({ status: 'error', block_index, reason: `block_index must be in 0…${totalBlocks - 1}` });
  }
  if (request.action === 'announce_block') return respond({ status: 'success' });
  if (peers.owned[block_index] === 0 || !peers.choking.isUnchoked(sender_id)) {
    return respond({ status: 'error', block_index, reason: 'Choked or block unavailable' });
  }
  return { type: 'send-block', index: block_index };
}

function respond(response: { status: 'success' | 'error'; [field: string]: unknown }): PeerReply {
  return { type: 'respond', response };
}
