import type { SwarmNode } from '../../bench/relay/swarm-node.ts';
import type { Segment } from './pcap.ts';

/** The ports on which the programs of a swarm listen. */
export interface Ports {
  readonly tracker: number;
  readonly peers: readonly number[];
}

/** The bytes of one connection in both directions. */
interface Connection {
  /** The program that accepted it. */
  readonly server: SwarmNode;
  readonly request: Buffer;
  readonly response: Buffer;
}

/** Assembles the connections to the programs of a swarm. */
export function* tcpConnections(segments: readonly Segment[], { tracker, peers }: Ports): Generator<Connection> {
  const nodes = new Map<number, SwarmNode>([[tracker, 'tracker']]);
  for (const [number, port] of peers.entries()) nodes.set(port, number);
  /** By both ports; a pair of ports may be reused for later connections. */
  const open = new Map<string, Segment[]>();
  const all: [SwarmNode, Segment[]][] = [];
  for (const segment of segments) {
    const { from, to, isSyn } = segment;
    const server = nodes.get(to) ?? nodes.get(from);
    if (server === undefined) continue;
    const key = nodes.has(to) ? `${from}>${to}` : `${to}>${from}`;
    let connection = open.get(key);
    if (!connection || (isSyn && nodes.has(to))) {
      connection = [];
      open.set(key, connection);
      all.push([server, connection]);
    }
    connection.push(segment);
  }
  for (const [server, connection] of all) {
    const isRequest = ({ to }: Segment): boolean => nodes.has(to);
    yield {
      server,
      request: stream(connection.filter(isRequest)),
      response: stream(connection.filter((segment) => !isRequest(segment))),
    };
  }
}

/** The bytes of one direction in order, without retransmissions. */
function stream(segments: readonly Segment[]): Buffer {
  const first = segments[0];
  if (!first) return Buffer.alloc(0);
  // A SYN takes one sequence number.
  const startSeq = first.seq + (first.isSyn ? 1 : 0);
  const parts = segments
    .filter(({ payload }) => payload.length > 0)
    .map(({ seq, payload }) => ({ at: (seq - startSeq) >>> 0, payload }))
    .sort((a, b) => a.at - b.at);
  let bytes = Buffer.alloc(0);
  for (const { at, payload } of parts) {
    if (at > bytes.length) throw new Error('The capture has a gap.');
    bytes = Buffer.concat([bytes, payload.subarray(bytes.length - at)]);
  }
  return bytes;
}
