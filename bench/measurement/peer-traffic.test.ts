import { expect } from 'chai';
import { bytesOverLeast, peerTraffic } from './peer-traffic.ts';
import { MessageCounter } from '../relay/message-counter.ts';
import type { SwarmNode } from '../relay/swarm-node.ts';

describe('peerTraffic', () => {
  let counter: MessageCounter;

  beforeEach(() => {
    counter = new MessageCounter();
    for (const [from, to, connections, requestBytes, responseBytes] of [
      [0, 'tracker', 1, 10, 200],
      [0, 1, 2, 30, 4000],
      [1, 0, 5, 50_000, 600_000],
      [1, 2, 9, 7, 7],
    ] as [SwarmNode, SwarmNode, number, number, number][]) {
      Object.assign(counter.edge(from, to), { connections, requestBytes, responseBytes });
    }
  });

  it('counts bytes as client and as server, and the connections that the peer itself opened', () => {
    expect(peerTraffic(counter, 0)).to.include({
      bytesSent: 10 + 30 + 600_000,
      bytesReceived: 200 + 4000 + 50_000,
      connectionsOpened: 3,
    });
  });

  it('counts every repeated block, inline or not', () => {
    counter.registered(0, [3, 4], 0);
    counter.registered(0, [3], 1);
    for (const block of [4, 5, 5, 5]) counter.transferred({ atMs: 2, to: 0, from: 1, block });
    counter.transferred({ atMs: 2, to: 1, from: 0, block: 5 });
    expect(peerTraffic(counter, 0)).to.include({ blocksReceivedTwice: 4, blocksFromTracker: 3 });
    expect(peerTraffic(counter, 1)).to.include({ blocksReceivedTwice: 0, blocksFromTracker: 0 });
  });

  it('counts refused block requests of peers and tracker, and no other refusals', () => {
    Object.assign(counter.edge(0, 1).refused, { request_block: 3, announce_block: 10 });
    Object.assign(counter.edge(0, 'tracker').refused, { request_block_tracker: 4, get_peers: 10 });
    counter.edge(1, 0).refused.request_block = 10;
    expect(peerTraffic(counter, 0).requestsRefused).to.equal(7);
  });

  it('gives zeros for a silent peer', () => {
    expect(Object.values(peerTraffic(counter, 7))).to.deep.equal([0, 0, 0, 0, 0, 0]);
  });

  it('counts each byte once in bytesOverLeast', () => {
    expect(bytesOverLeast(counter, 100_000, 3)).to.equal(210 + 4030 + 650_000 + 14 - 300_000);
  });
});
