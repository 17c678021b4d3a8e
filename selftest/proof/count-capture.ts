import { actionOf } from '../../schemas/actions.ts';
import { MessageCounter, type EdgeCounts } from '../../bench/relay/message-counter.ts';
import type { Segment } from './pcap.ts';
import { tcpConnections, type Ports } from './tcp-connections.ts';

interface Message {
  readonly action?: string;
  readonly status?: string;
  readonly peer_id?: string;
  readonly sender_id?: string;
  readonly block_index?: number;
}

/**
 * Counts the messages in a capture of a swarm without extensions, where each connection carries one request and one
 * response. Independent of the relay's code: it parses whole streams, and takes the sender from the request.
 * @param peerOf maps a peer's name to its number
 */
export function countCapture(
  segments: readonly Segment[],
  ports: Ports,
  peerOf: (name: string) => number,
): MessageCounter {
  const counter = new MessageCounter();
  for (const { server, request, response } of tcpConnections(segments, ports)) {
    // Without a request, the sender is unknown.
    if (request.length === 0) continue;
    const message = messageIn(request);
    const edge = counter.edge(peerOf(message.sender_id ?? message.peer_id ?? ''), server);
    edge.connections++;
    edge.requestBytes += request.length;
    edge.responseBytes += response.length;
    counter.request(edge, actionOf(message.action), 0);
    if (response.length > 0) countResponse(counter, edge, message, messageIn(response));
  }
  return counter;
}

function countResponse(
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
