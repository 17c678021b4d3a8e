import { metadata } from '../../../manner/registration-offers.ts';
import type { PeerSetup } from '../../../stage/peer-stage.ts';
import { grant, reply } from '../../../stage/replies.ts';
import { sampleBlocks } from '../../../stage/sample-blocks.ts';
import { peerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { blockIndex, lyingPeer } from '../../swarms.ts';

/** A peer sends this for every block, and the hashes are known. */
function lyingWithHashes(wrong: (block: string) => string): PeerSetup {
  const { blocks, peers, tracker } = lyingPeer((request) => {
    const index = blockIndex(request);
    return reply({ status: 'success', block_index: index, block_data: wrong(sampleBlocks(8)[index] ?? '') });
  });
  return { blocks, peers, tracker: { ...tracker, registerExtras: metadata(blocks) } };
}

export const metadataCheckedCases = [
  peerCase(
    'file.metadata.checked/wrong-data-from-a-peer',
    'A peer sends wrong data for every block, and the hashes are known: the subject still writes the right file.',
    (peer) => peer.complete({ file: 'contents' }),
    { setup: () => lyingWithHashes(() => 'WRONG'), needs: [keyCases.writesContents] },
  ),

  peerCase(
    'file.metadata.checked/same-length',
    'A peer sends wrong data of the right length for every block, and the hashes are known: the subject still writes the right file.',
    (peer) => peer.complete({ file: 'contents' }),
    { setup: () => lyingWithHashes((block) => block.toUpperCase()), needs: [keyCases.writesContents] },
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
