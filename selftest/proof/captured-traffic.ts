import { actionOf } from '../../schemas/actions.ts';
import { MessageCounter, type EdgeCounts } from '../../bench/relay/message-counter.ts';
import type { SwarmNode } from '../../bench/relay/swarm-node.ts';
import type { Segment } from './pcap.ts';

/** Where the programs of a swarm listen. */
export interface Ports {
  readonly tracker: number;
  readonly peers: readonly number[];
}

interface Message {
  readonly action?: string;
  readonly status?: string;
  readonly peer_id?: string;
  readonly sender_id?: string;
  readonly block_index?: number;
}

/**
 * What a capture says of a swarm without extensions, in which each connection carries one request and one response. It is
 * read by other means than the relay's: whole streams are parsed, and the sender is the one that a request names.
 * @param peerOf the number of the peer with this name
 */
export function capturedTraffic(
  segments: readonly Segment[],
  ports: Ports,
  peerOf: (name: string) => number,
): MessageCounter {
  const counter = new MessageCounter();
  for (const { server, request, response } of connections(segments, ports)) {
    // Nothing says whose a silent connection is.
    if (request.length === 0) continue;
    const asked = messageIn(request);
    const edge = counter.edge(peerOf(asked.sender_id ?? asked.peer_id ?? ''), server);
    edge.connections++;
    edge.requestBytes += request.length;
    edge.responseBytes += response.length;
    counter.request(edge, actionOf(asked.action), 0);
    if (response.length > 0) answered(counter, edge, asked, messageIn(response));
  }
  return counter;
}

function answered(
  counter: MessageCounter,
  edge: EdgeCounts,
  { action, block_index = -1 }: Message,
  { status }: Message,
): void {
  if (status !== 'success') edge.refused[actionOf(action)]++;
  else if (action?.startsWith('request_block') === true)
    counter.transferred({ atMs: 0, to: edge.from as number, from: edge.to, block: block_index });
}

function messageIn(stream: Buffer): Message {
  return JSON.parse(stream.toString()) as Message;
}

interface Connection {
  readonly server: SwarmNode;
  readonly request: Buffer;
  readonly response: Buffer;
}

function* connections(segments: readonly Segment[], { tracker, peers }: Ports): Generator<Connection> {
  const parties = new Map<number, SwarmNode>([[tracker, 'tracker']]);
  for (const [number, port] of peers.entries()) parties.set(port, number);
  /** Keyed by both ports; a pair of ports may serve for several connections, one after the other. */
  const open = new Map<string, Segment[]>();
  const whole: [SwarmNode, Segment[]][] = [];
  for (const segment of segments) {
    const { from, to, isSyn } = segment;
    const server = parties.get(to) ?? parties.get(from);
    if (server === undefined) continue;
    const key = parties.has(to) ? `${from}>${to}` : `${to}>${from}`;
    let connection = open.get(key);
    if (!connection || (isSyn && parties.has(to))) {
      connection = [];
      open.set(key, connection);
      whole.push([server, connection]);
    }
    connection.push(segment);
  }
  for (const [server, own] of whole) {
    const isRequest = ({ to }: Segment): boolean => parties.has(to);
    yield {
      server,
      request: stream(own.filter(isRequest)),
      response: stream(own.filter((segment) => !isRequest(segment))),
    };
  }
}

/** The bytes of one direction, in order, without what was sent again. */
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
