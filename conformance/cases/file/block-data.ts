import { sampleBlocks } from '../../stage/sample-blocks.ts';
import { Violation } from '../../violation.ts';
import { expectEqual, expectSuccess, show } from '../../wire/expect.ts';
import { field } from '../../wire/message.ts';
import { peerCase, trackerCase } from '../case.ts';
import { keyCases } from '../key-cases.ts';
import { expectGranted } from '../peer/request-block.ts';
import { blockBytes } from './blocks.ts';

export const blockDataCases = [
  trackerCase(
    'file.block-data.text/tracker',
    'The file is ASCII text: block_data is that text, without any encoding.',
    async (tracker) => {
      const whole = tracker.file.toString();
      const text = (await blockBytes(tracker, 0)).toString();
      if (!whole.startsWith(text) || text === '')
        throw new Violation('the beginning of the file as block 0', show(text));
    },
    { needs: [keyCases.trackerServesBlocks] },
  ),

  trackerCase(
    'file.block-data.text/tracker-non-ascii',
    'The only block has accents, quotes, control characters and an emoji: the tracker serves exactly that text.',
    async (tracker) => {
      const message = expectSuccess(await tracker.requestBlock(0), 'success for block 0');
      expectEqual(field(message, 'block_data'), tracker.file.toString(), 'block_data');
    },
    {
      setup: () => ({ file: Buffer.from('ação "é"\\ \u0000\u0007 \u{1f600}\u2028.'), blocks: 1 }),
      needs: ['file.block-data.text/tracker', keyCases.nonAsciiBlock.tracker, keyCases.registersForOneBlock],
    },
  ),

  peerCase(
    'file.block-data.text/peer',
    'A block has accents, quotes, control characters and an emoji: the peer serves exactly that text.',
    async (peer) => {
      expectEqual(field(await expectGranted(peer, 1), 'block_data'), peer.blocks[1], 'block_data');
    },
    {
      setup: () => ({ blocks: [...sampleBlocks(1), 'ação "é"\\\r\n\u0000\u0007\u{1f600}\u2028', ...sampleBlocks(5)] }),
      needs: [keyCases.servesKnownPeer, keyCases.nonAsciiBlock.peer],
    },
  ),
];
