import { sampleBlocks } from '../../stage/sample-blocks.ts';
import { Violation } from '../../violation.ts';
import { expectEqual, show } from '../../wire/expect.ts';
import { field } from '../../wire/message.ts';
import { peerCase, trackerCase } from '../case.ts';
import { keyCases } from '../key-cases.ts';
import { expectGranted } from '../peer/request-block.ts';
import { blockBytes } from './blocks.ts';

const oddText = 'ação "é"\\ \u0000\u0007 \u{1f600}\u2028.';

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
    { needs: [keyCases.serves.tracker] },
  ),

  trackerCase(
    'file.block-data.text/tracker-non-ascii',
    'The file begins with accents, quotes, control characters and an emoji: the tracker serves exactly that text.',
    async (tracker) => {
      const parts = [await blockBytes(tracker, 0), await blockBytes(tracker, 1)];
      const text = Buffer.concat(parts).toString().slice(0, oddText.length);
      expectEqual(text, oddText, 'the beginning of the blocks as text');
    },
    {
      // No usual split cuts it inside a character, and whether one does is for file.blocks.character-borders.
      setup: () => ({ file: Buffer.from(oddText.padEnd(20 * oddText.length, '.')), blocks: 2 }),
      needs: ['file.block-data.text/tracker', keyCases.nonAsciiBlock.tracker],
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
      needs: [keyCases.serves.peer, keyCases.nonAsciiBlock.peer],
    },
  ),
];
