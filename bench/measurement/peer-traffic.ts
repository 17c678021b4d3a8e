import type { PeerTraffic } from '../../schemas/types.ts';
import type { EdgeCounts, MessageCounter } from '../relay/message-counter.ts';

/**
 * The bytes, connections and blocks of one peer. Bytes are those of the TCP streams as the programs sent them: with white
 * space and anything that is not a message, before the relay rewrites a list, without packet headers. What was sent to a
 * peer counts as received, even if it closed the connection before it read all.
 */
export function peerTraffic(counter: MessageCounter, peer: number): PeerTraffic {
  const edges = [...counter.edges];
  const asClient = edges.filter(({ from }) => from === peer);
  const asServer = edges.filter(({ to }) => to === peer);
  const transfers = counter.transfers(peer);
  return {
    bytesSent: sum(asClient, (edge) => edge.requestBytes) + sum(asServer, (edge) => edge.responseBytes),
    bytesReceived: sum(asClient, (edge) => edge.responseBytes) + sum(asServer, (edge) => edge.requestBytes),
    connectionsOpened: sum(asClient, (edge) => edge.connections),
    blocksReceivedTwice: transfers.length - new Set(transfers.map(({ block }) => block)).size,
    blocksFromTracker: transfers.filter(({ from }) => from === 'tracker').length,
    requestsRefused: sum(asClient, ({ refused }) => refused.request_block + refused.request_block_tracker),
  };
}

/**
 * All bytes of the swarm, each counted once, minus the file for each peer. Only for a swarm in which every peer has the
 * file: otherwise it may be negative.
 */
export function bytesOverLeast(counter: MessageCounter, fileBytes: number, peers: number): number {
  return sum([...counter.edges], (edge) => edge.requestBytes + edge.responseBytes) - fileBytes * peers;
}

function sum(edges: readonly EdgeCounts[], count: (edge: EdgeCounts) => number): number {
  return edges.reduce((total, edge) => total + count(edge), 0);
}
