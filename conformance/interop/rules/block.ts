import { isUtf8 } from 'node:buffer';
import { field, type JsonObject } from '../../wire/message.ts';
import type { SwarmModel } from '../swarm-model.ts';
import type { Exchange, Problem } from './exchange.ts';

/** The answer to request_block or request_block_tracker for an index in range. */
export function checkBlock(exchange: Exchange, model: SwarmModel): Problem | undefined {
  const { client, server, request, during, response, isSuccess } = exchange;
  const fromTracker = server === 'tracker';
  const clause = fromTracker ? 'tracker.block.serves' : 'peer.request-block.serves';
  const index = field(request, 'block_index') as number;
  if (!isSuccess) {
    // A peer may always have choked its requester; a tracker must serve registered peers.
    const ids = model.membership.idsOf(client);
    const isRegistered = model.certainDuring(during).some((id) => ids.has(id));
    return fromTracker && isRegistered ? { clause, sentence: `refused block ${index}` } : undefined;
  }
  const echoed = field(response, 'block_index');
  if (echoed !== index) {
    return { clause, sentence: `answered with block_index ${String(echoed)} to a request for block ${index}` };
  }
  const data = decode(request, response);
  if (!Buffer.isBuffer(data)) return data;
  const problem = fromTracker ? model.file.fromTracker(index, data) : model.file.fromPeer(index, data);
  return problem === undefined ? undefined : { clause, sentence: problem };
}

/** The bytes of the block, or what is wrong with their encoding. */
function decode(request: JsonObject, response: JsonObject): Buffer | Problem {
  const text = field(response, 'block_data') as string;
  const encoding = field(response, 'encoding');
  // A peer without the extension ignores the field; null means no encoding.
  if (encoding === undefined || encoding === null) return Buffer.from(text);
  if (encoding !== 'base64') {
    const clause = 'file.block-data.text';
    return { clause, sentence: `sent a block in an unknown encoding: ${JSON.stringify(encoding)}` };
  }
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) {
    return { clause: 'file.encoding.on-request', sentence: 'sent a block that is not padded base64' };
  }
  if (field(request, 'encoding') !== 'base64' && isUtf8(bytes)) {
    const clause = 'file.encoding.only-when-asked';
    return { clause, sentence: 'sent a block of text in base64 without being asked to' };
  }
  return bytes;
}
