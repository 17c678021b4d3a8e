import { createHash } from 'node:crypto';
import type { Manner } from './manner.ts';

/** The fields of extensions that the manner has the tracker add to its answer to a registration. */
export function registrationOffers(
  manner: Manner,
  blocks: readonly string[],
  initialBlocks: readonly number[],
): object {
  return {
    ...(manner.has('initial-data-inline') && { initial_blocks_data: initialData(blocks, initialBlocks) }),
    ...(manner.has('metadata-offered') && metadata(blocks)),
  };
}

function initialData(blocks: readonly string[], initialBlocks: readonly number[]): object {
  return Object.fromEntries(initialBlocks.map((index) => [index, blocks[index] ?? '']));
}

/** The fields of the extension `metadata` for the file that these blocks make up. */
export function metadata(blocks: readonly string[]) {
  return {
    total_blocks: blocks.length,
    file_name: 'file.txt',
    file_size: Buffer.byteLength(blocks.join('')),
    block_sha256: blocks.map((text) => createHash('sha256').update(text).digest('hex')),
  };
}
