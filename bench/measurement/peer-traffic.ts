import type { PeerTraffic } from '../../schemas/types.ts';
import type { Link, Traffic } from '../relay/traffic.ts';

/**
 * What went to and from one peer beside its messages. Bytes are those of the TCP streams, as the programs sent them: with
 * white space and what is no message, before the relay rewrites a list, without the headers of packets. What was sent to
 * a peer counts as received, though it may have closed the connection before it read all.
 */
export function peerTraffic(traffic: Traffic, peer: number): PeerTraffic {
  const links = [...traffic.links];
  const asClient = links.filter(({ from }) => from === peer);
  const asServer = links.filter(({ to }) => to === peer);
  const transfers = traffic.transfers(peer);
  return {
    bytesSent: sum(asClient, (link) => link.requestBytes) + sum(asServer, (link) => link.responseBytes),
    bytesReceived: sum(asClient, (link) => link.responseBytes) + sum(asServer, (link) => link.requestBytes),
    connectionsOpened: sum(asClient, (link) => link.connections),
    blocksReceivedTwice: transfers.length - new Set(transfers.map(({ block }) => block)).size,
    blocksFromTracker: transfers.filter(({ from }) => from === 'tracker').length,
    requestsRefused: sum(asClient, ({ refused }) => refused.request_block + refused.request_block_tracker),
  };
}

/**
 * All bytes on the wire, each counted once, less those of the file for each peer. Only of a swarm in which every peer has
 * the file: else it may be negative.
 */
export function bytesOverLeast(traffic: Traffic, fileBytes: number, peers: number): number {
  return sum([...traffic.links], (link) => link.requestBytes + link.responseBytes) - fileBytes * peers;
}

function sum(links: readonly Link[], count: (link: Link) => number): number {
  return links.reduce((total, link) => total + count(link), 0);
}
