import { createHash } from 'node:crypto';
import { peerCase, trackerCase } from '../case.ts';
import { expectEqual, expectSuccess, show } from '../../wire/expect.ts';
import { grant, reply } from '../../stage/replies.ts';
import { sampleBlocks } from '../../stage/sample-blocks.ts';
import { Violation } from '../../violation.ts';
import { field, isObject } from '../../wire/message.ts';
import { blockBytes } from '../tracker/blocks.ts';

const trackerServes = 'tracker.block.serves/every-index';
const ALONE = 'peer.tracker-last.nobody-has/alone';

const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');

const metadata = (blocks: readonly string[]) => ({
  total_blocks: blocks.length,
  file_name: 'file.txt',
  file_size: Buffer.byteLength(blocks.join('')),
  block_sha256: blocks.map(sha256),
});

export const metadataCases = [
  trackerCase(
    'file.metadata.fields/for-a-text',
    'A tracker with metadata answers a registration: what it says of N, the size and the SHA-256 of each block is right.',
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
    { needs: [trackerServes], running: true },
  ),

  peerCase(
    'file.metadata.checked/wrong-data-from-a-peer',
    'A peer gives wrong data for every block, and the hashes are known: the file is right all the same.',
    (peer) => peer.complete(),
    {
      setup: () => {
        const blocks = sampleBlocks(8);
        return {
          blocks,
          peers: [
            {
              id: 'lia',
              holds: new Set(blocks.keys()),
              specialReply: ({ action, body }) => {
                const block_index = field(body, 'block_index');
                return action === 'request_block'
                  ? reply({ status: 'success', block_index, block_data: 'WRONG' })
                  : undefined;
              },
            },
          ],
          tracker: { initialBlocks: [], registerExtras: metadata(blocks), block: (index) => grant(index, blocks) },
        };
      },
      needs: [ALONE],
    },
  ),

  peerCase(
    'file.metadata.checked/wrong-inline-data',
    'The data that comes with the registration is wrong, and the hashes are known: the file is right all the same.',
    (peer) => peer.complete(),
    {
      setup: () => {
        const blocks = sampleBlocks(6);
        const registerExtras = { ...metadata(blocks), initial_blocks_data: { 0: 'WRONG', 3: 'WRONG' } };
        const tracker = { initialBlocks: [3, 0], registerExtras, block: (index: number) => grant(index, blocks) };
        return { blocks, peers: [], tracker };
      },
      needs: [ALONE],
    },
  ),

  peerCase(
    'file.metadata.checked/upper-case',
    'The hashes have upper-case digits: they fit, and the file is right.',
    (peer) => peer.complete(),
    {
      setup: () => {
        const blocks = sampleBlocks(6);
        const { block_sha256, ...rest } = metadata(blocks);
        const registerExtras = { ...rest, block_sha256: block_sha256.map((hash) => hash.toUpperCase()) };
        return { blocks, peers: [], tracker: { registerExtras, block: (index) => grant(index, blocks) } };
      },
      needs: [ALONE],
    },
  ),

  trackerCase(
    'file.initial-data.inline/for-a-text',
    'A tracker that gives data with a registration: it has it for designated blocks alone, and it is right.',
    async (tracker) => {
      const ana = await tracker.registrant('ana');
      const message = expectSuccess(await tracker.register(ana.id, ana.port));
      const data = field(message, 'initial_blocks_data');
      if (data === undefined) return;
      if (!isObject(data)) throw new Violation('initial_blocks_data as an object', show(data));
      const designated = field(message, 'initial_blocks');
      for (const [key, text] of Object.entries(data)) {
        const index = Number(key);
        if (!Array.isArray(designated) || !designated.includes(index) || String(index) !== key) {
          throw new Violation(`keys that are indices of initial_blocks, ${show(designated)}`, show(key));
        }
        expectEqual(
          text,
          field(expectSuccess(await tracker.requestBlock(index)), 'block_data'),
          `the data of block ${index}`,
        );
      }
    },
    { needs: [trackerServes], running: true },
  ),

  peerCase(
    'peer.file.exact/inline-data',
    'Three blocks are designated, not in the order of their indices, and their data comes with it: the file is right.',
    (peer) => peer.complete(),
    {
      setup: () => {
        const blocks = sampleBlocks(6);
        const initialBlocks = [4, 1, 3];
        const initial_blocks_data = Object.fromEntries(initialBlocks.map((index) => [index, blocks[index]]));
        const tracker = { initialBlocks, registerExtras: { initial_blocks_data } };
        return { blocks, peers: [], tracker: { ...tracker, block: (index) => grant(index, blocks) } };
      },
      needs: [ALONE],
    },
  ),
];
