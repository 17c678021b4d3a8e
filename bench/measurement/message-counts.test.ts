import { expect } from 'chai';
import { countsUnavailable, messageCounts } from './message-counts.ts';
import type { Action } from '../relay/actions.ts';
import { Traffic, type Party } from '../relay/traffic.ts';

function traffic(...requests: [from: Party, to: Party, action: Action][]): Traffic {
  const traffic = new Traffic();
  for (const [from, to, action] of requests) traffic.request(traffic.link(from, to), action, 0);
  return traffic;
}

describe('messageCounts', () => {
  it('counts as sent what went to other peers other than block requests, as received every request', () => {
    const counts = messageCounts(
      traffic(
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

  it('gives zeros for a peer that said and heard nothing', () => {
    expect(messageCounts(new Traffic(), 0)).to.include({ sent: 0, received: 0 });
  });
});

describe('countsUnavailable', () => {
  const withBlocks = (blocks: number[], inline: number[] = []): Traffic => {
    const seen = new Traffic();
    seen.registered(0, inline, 0);
    for (const block of blocks) seen.transferred({ atMs: 1, to: 0, from: 1, block });
    return seen;
  };

  it('believes the counts when every block of a complete peer was seen', () => {
    expect(countsUnavailable(withBlocks([0, 1, 2]), [0], 3, 100)).to.equal(undefined);
    expect(countsUnavailable(withBlocks([1], [0, 2]), [0], 3, 100)).to.equal(undefined);
    expect(countsUnavailable(withBlocks([]), [], 3, 100)).to.equal(undefined);
  });

  it('does not when a complete peer got blocks that the relay did not see', () => {
    expect(countsUnavailable(withBlocks([]), [0], 3, 100)).to.contain('peer 1');
    expect(countsUnavailable(withBlocks([0, 1, 1], [0]), [0], 3, 100)).to.contain('peer 1');
  });

  it('needs no messages for blocks that are empty', () => {
    expect(countsUnavailable(withBlocks([0]), [0], 3, 1)).to.equal(undefined);
  });

  it('does not when something passed that could not be read', () => {
    const seen = withBlocks([0, 1, 2]);
    seen.gap('noise');
    expect(countsUnavailable(seen, [0], 3, 100)).to.equal('noise');
  });
});
