import { createHash } from 'node:crypto';
import { Violation } from '../../../violation.ts';
import { expectEqual, expectSuccess, show } from '../../../wire/expect.ts';
import { field } from '../../../wire/message.ts';
import { trackerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { blockBytes } from '../blocks.ts';

const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');

export const metadataFieldsCases = [
  trackerCase(
    'file.metadata.fields/for-a-text',
    'A tracker with metadata answers a registration: N, the file size and the SHA-256 of each block are right.',
    async (tracker) => {
      const ana = await tracker.registrant('ana');
      const message = expectSuccess(await tracker.register(ana.id, ana.port));
      const [total, size, hashes] = ['total_blocks', 'file_size', 'block_sha256'].map((name) => field(message, name));
      if (total !== undefined) expectEqual(total, tracker.blocks, 'total_blocks');
      if (size !== undefined) expectEqual(size, tracker.file.length, 'file_size');
      if (hashes === undefined) return;
      if (!Array.isArray(hashes)) throw new Violation('block_sha256 as a list', show(hashes));
      expectEqual(hashes.length, tracker.blocks, 'a list block_sha256 of length');
      for (let index = 0; index < tracker.blocks; index += 1) {
        const data = await blockBytes(tracker, index);
        const hash: unknown = hashes[index];
        const lower = typeof hash === 'string' ? hash.toLowerCase() : hash;
        expectEqual(lower, sha256(data), `the SHA-256 of block ${index}`);
      }
    },
    { needs: [keyCases.serves.tracker], running: true },
  ),
];
