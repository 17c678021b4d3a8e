import type { Bench } from 'tinybench';
import { MessageFramer } from '../../impl/reference/core/wire/message-framer.ts';

const limits = { maxMessageBytes: 64 * 1024 * 1024, maxDepth: 64 };
const request = Buffer.from('{"action":"announce_block","sender_id":"peer1","block_index":17}');

/** Finding the ends of messages: many small ones in one chunk, a large one in pieces, and one byte by byte. */
export function addFraming(bench: Bench): void {
  const many = Buffer.concat(Array.from({ length: 1000 }, () => request));
  bench.add('framing: 1,000 requests in one chunk', () => count([many]));

  const block = Buffer.from(JSON.stringify({ status: 'success', block_data: 'A'.repeat(1 << 20) }));
  const pieces = Array.from({ length: 17 }, (_, at) => block.subarray(at << 16, (at + 1) << 16));
  bench.add('framing: a response of 1 MiB in 64 KiB pieces', () => count(pieces));

  const large = Buffer.from(JSON.stringify({ action: 'announce_block', note: 'é"\\'.repeat(8192) }));
  const bytes = Array.from(large.keys(), (at) => large.subarray(at, at + 1));
  bench.add('framing: a request of 64 KiB, one byte at a time', () => count(bytes));
}

function count(chunks: readonly Buffer[]): number {
  const framer = new MessageFramer(limits);
  let messages = 0;
  for (const chunk of chunks) {
    framer.receive(chunk);
    while (framer.next() !== undefined) messages++;
  }
  if (messages === 0) throw new Error('No message was found.');
  return messages;
}
