import type { Bench } from 'tinybench';
import { decodeBlockResponse, encodeBlockResponse } from '../../impl/reference/core/wire/block-data.ts';
import { encodeMessage, parseMessage } from '../../impl/reference/core/wire/messages.ts';

/** Eight bytes, so that the blocks here contain whole characters. */
const text = 'ação. ';

/** Blocks as base64 and as text, the `blocks_info` of 10,000 blocks, and the parsing of requests. */
export function addEncoding(bench: Bench): void {
  for (const kibibytes of [48, 1024]) {
    const bytes = Buffer.from(text.repeat((kibibytes * 1024) / Buffer.byteLength(text)));
    for (const [name, base64] of [
      ['base64', true],
      ['text', false],
    ] as const) {
      const response = encodeBlockResponse(7, bytes, base64, true);
      bench.add(`encoding: a block of ${kibibytes} KiB to ${name}`, () => encodeBlockResponse(7, bytes, base64, true));
      bench.add(`encoding: a block of ${kibibytes} KiB from ${name}`, () => decodeBlockResponse(response, 7));
    }
  }
  const info = {
    status: 'success',
    peer_id: 'peer1',
    blocks_info: Array.from({ length: 10_000 }, (_, i) => i % 3 === 0),
  };
  const message = encodeMessage(info);
  bench.add('encoding: blocks_info of 10,000 blocks to JSON', () => encodeMessage(info));
  bench.add('encoding: blocks_info of 10,000 blocks from JSON', () => parseMessage(message));

  const request = encodeMessage({ action: 'request_block', sender_id: 'peer1', block_index: 17, encoding: 'base64' });
  bench.add('parsing: 1,000 requests', () => {
    for (let parsed = 0; parsed < 1000; parsed++) parseMessage(request);
  });
}
