import { isUtf8 } from 'node:buffer';
import { field, type JsonObject } from '../../wire/message.ts';
import type { Knowledge } from '../knowledge.ts';
import type { Exchange, Problem } from './exchange.ts';

/** The answer to request_block or request_block_tracker for an index in range. */
export function checkBlock(exchange: Exchange, knowledge: Knowledge): Problem | undefined {
  const { client, server, request, requestAtMs, response, isSuccess } = exchange;
  const fromTracker = server === 'tracker';
  const clause = fromTracker ? 'tracker.block.serves' : 'peer.request-block.serves';
  const index = field(request, 'block_index') as number;
  if (!isSuccess) {
    // A peer may always have choked its requester; a tracker refuses none that is registered.
    const ids = [...knowledge.idsOf(client)];
    const isRegistered = knowledge.certainAt(requestAtMs).some((id) => ids.includes(id));
    return fromTracker && isRegistered ? { clause, sentence: `refused block ${index}` } : undefined;
  }
  const echoed = field(response, 'block_index');
  if (echoed !== index) {
    return { clause, sentence: `answered with block_index ${String(echoed)} to a request for block ${index}` };
  }
  const data = decode(request, response);
  if (!Buffer.isBuffer(data)) return data;
  const problem = fromTracker ? knowledge.file.fromTracker(index, data) : knowledge.file.fromPeer(index, data);
  return problem === undefined ? undefined : { clause, sentence: problem };
}

/** The bytes of the block, or what is wrong with how they are written. */
function decode(request: JsonObject, response: JsonObject): Buffer | Problem {
  const text = field(response, 'block_data') as string;
  const encoding = field(response, 'encoding');
  // Whoever does not know the extension ignores the field; null says nothing.
  if (encoding === undefined || encoding === null) return Buffer.from(text);
  if (encoding !== 'base64') {
    const clause = 'file.block-data.text';
    return { clause, sentence: `wrote a block in an encoding that is not known: ${JSON.stringify(encoding)}` };
  }
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) {
    return { clause: 'file.encoding.on-request', sentence: 'wrote a block in what is not padded base64' };
  }
  if (field(request, 'encoding') !== 'base64' && isUtf8(bytes)) {
    const clause = 'file.encoding.only-when-asked';
    return { clause, sentence: 'wrote a block of text in base64, which nobody had asked for' };
  }
  return bytes;
}
