import { expect } from 'chai';
import { peerMessages } from './peer-messages.ts';
import type { CountedAction } from '../../schemas/actions.ts';
import { MessageCounter } from '../relay/message-counter.ts';
import type { SwarmNode } from '../relay/swarm-node.ts';

function counted(...requests: [from: SwarmNode, to: SwarmNode, action: CountedAction][]): MessageCounter {
  const counter = new MessageCounter();
  for (const [from, to, action] of requests) counter.request(counter.edge(from, to), action, 0);
  return counter;
}

describe('peerMessages', () => {
  it('counts as sent all but the block requests to other peers, and as received every request', () => {
    const counts = peerMessages(
      counted(
        [0, 1, 'announce_block'],
        [0, 2, 'announce_block'],
        [0, 1, 'have_blocks_info'],
        [0, 1, 'request_block'],
        [0, 'tracker', 'register'],
        [0, 'tracker', 'request_block_tracker'],
        [0, 'tracker', 'get_peers'],
        [1, 0, 'request_block'],
        [1, 0, 'have_blocks_info'],
        [2, 0, 'announce_block'],
        [2, 0, 'other'],
        [2, 1, 'announce_block'],
      ),
      0,
    );
    expect(counts).to.include({ sent: 3, received: 4 });
    expect(counts.sentToPeers).to.include({ request_block: 1, announce_block: 2 });
    expect(counts.sentToTracker).to.include({ register: 1, request_block_tracker: 1, get_peers: 1 });
    expect(counts.receivedFromPeers).to.include({ request_block: 1, have_blocks_info: 1, announce_block: 1, other: 1 });
  });

  it('gives zeros for a peer without messages', () => {
    expect(peerMessages(new MessageCounter(), 0)).to.include({ sent: 0, received: 0 });
  });
});
