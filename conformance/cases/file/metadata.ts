import { createHash } from 'node:crypto';
import { metadata } from '../../manner/registration-offers.ts';
import type { PeerSetup } from '../../stage/peer-stage.ts';
import { grant, reply } from '../../stage/replies.ts';
import { sampleBlocks } from '../../stage/sample-blocks.ts';
import { Violation } from '../../violation.ts';
import { expectEqual, expectSuccess, show } from '../../wire/expect.ts';
import { field } from '../../wire/message.ts';
import { peerCase, trackerCase } from '../case.ts';
import { keyCases } from '../key-cases.ts';
import { blockIndex, lyingPeer } from '../swarms.ts';
import { blockBytes } from './blocks.ts';

const sha256 = (text: string | Buffer): string => createHash('sha256').update(text).digest('hex');

export const metadataCases = [
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

  peerCase(
    'file.metadata.checked/wrong-data-from-a-peer',
    'A peer sends wrong data for every block, and the hashes are known: the subject still writes the right file.',
    (peer) => peer.complete({ file: 'contents' }),
    {
      setup: () => {
        const { blocks, peers, tracker } = lyingPeer((request) =>
          reply({ status: 'success', block_index: blockIndex(request), block_data: 'WRONG' }),
        );
        return { blocks, peers, tracker: { ...tracker, registerExtras: metadata(blocks) } };
      },
      needs: [keyCases.writesContents],
    },
  ),

  peerCase(
    'file.metadata.checked/wrong-inline-data',
    'The data in the answer to the registration is wrong, and the hashes are known: the peer still writes the right file.',
    (peer) => peer.complete({ file: 'contents' }),
    {
      setup: (): PeerSetup => {
        const blocks = sampleBlocks(6);
        const registerExtras = { ...metadata(blocks), initial_blocks_data: { 0: 'WRONG', 3: 'WRONG' } };
        const block = (index: number) => grant(index, blocks);
        return { blocks, peers: [], tracker: { initialBlocks: [3, 0], registerExtras, block } };
      },
      needs: [keyCases.writesContents],
    },
  ),

  peerCase(
    'file.metadata.checked/upper-case',
    'The hashes have upper-case digits: they match, and the peer writes the right file.',
    (peer) => peer.complete({ file: 'contents' }),
    {
      setup: () => {
        const blocks = sampleBlocks(6);
        const { block_sha256, ...rest } = metadata(blocks);
        const registerExtras = { ...rest, block_sha256: block_sha256.map((hash) => hash.toUpperCase()) };
        return { blocks, peers: [], tracker: { registerExtras, block: (index) => grant(index, blocks) } };
      },
      needs: [keyCases.writesContents],
    },
  ),
];
