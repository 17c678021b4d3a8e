import { isUtf8 } from 'node:buffer';
import { sampleBlocks } from '../../stage/sample-blocks.ts';
import type { TrackerStage } from '../../stage/tracker-stage.ts';
import { Violation } from '../../violation.ts';
import { expectSuccess, show } from '../../wire/expect.ts';
import { field } from '../../wire/message.ts';
import { trackerCase } from '../case.ts';
import { keyCases } from '../key-cases.ts';

/** Fetches a block of the tracker without asking for an encoding: only a file that is not UTF-8 may arrive in base64. */
export async function blockBytes(tracker: TrackerStage, index: number): Promise<Buffer> {
  const message = expectSuccess(await tracker.requestBlock(index), `success for block ${index}`);
  const [data, encoding] = [field(message, 'block_data'), field(message, 'encoding')];
  if (typeof data === 'string' && encoding === undefined) return Buffer.from(data);
  if (typeof data === 'string' && encoding === 'base64' && !isUtf8(tracker.file)) return Buffer.from(data, 'base64');
  throw new Violation(`the text of block ${index} as block_data`, show(message));
}

async function allBlocks(tracker: TrackerStage): Promise<Buffer[]> {
  const blocks: Buffer[] = [];
  for (let index = 0; index < tracker.blocks; index += 1) blocks.push(await blockBytes(tracker, index));
  return blocks;
}

/** Throws a violation unless all blocks of the tracker, joined, are its file. */
export async function expectWholeFile(tracker: TrackerStage): Promise<void> {
  const joined = Buffer.concat(await allBlocks(tracker));
  if (joined.equals(tracker.file)) return;
  const at = tracker.file.findIndex((byte, index) => byte !== joined[index]);
  throw new Violation(
    `blocks 0 to ${tracker.blocks - 1}, joined, to be the file of ${tracker.file.length} bytes`,
    `${joined.length} bytes that differ from byte ${at === -1 ? tracker.file.length : at} on`,
  );
}

const texts: readonly { name: string; what: string; text: string; blocks: number }[] = [
  { name: 'one-block', what: 'a text in one block', text: sampleBlocks(3).join(''), blocks: 1 },
  {
    name: 'crlf',
    what: 'a text with CR LF, lone CR and no final newline',
    text: 'um\r\ndois\rtres\n\nquatro',
    blocks: 3,
  },
  { name: 'byte-order-mark', what: 'a text that begins with a byte order mark', text: '\ufeffum dois três', blocks: 3 },
  {
    name: 'nul-and-quotes',
    what: 'a text with NUL, quotes and backslashes',
    text: 'a\u0000"b\\n"\t\u2028{}'.repeat(9),
    blocks: 5,
  },
];

export const isAscii = (text: string): boolean => Buffer.byteLength(text) === text.length;

const servesAnyText = 'file.block-data.text/tracker-non-ascii';
const concatenatesAscii = 'file.blocks.concatenate/ascii';

export const blocksCases = [
  trackerCase(
    'file.blocks.concatenate/ascii',
    'A peer fetches all blocks of the file: joined they are the file, byte for byte.',
    expectWholeFile,
    { needs: [keyCases.serves.tracker, 'file.block-data.text/tracker'], running: true },
  ),

  ...texts.map(({ name, what, text, blocks }) =>
    trackerCase(
      `file.blocks.concatenate/${name}`,
      `The file is ${what}, N is ${blocks}: the blocks joined are the file, byte for byte.`,
      expectWholeFile,
      {
        setup: () => ({ file: Buffer.from(text), blocks }),
        needs: [
          keyCases.serves.tracker,
          'file.block-data.text/tracker',
          ...(blocks === 1 ? [keyCases.registersForOneBlock] : []),
          ...(isAscii(text) ? [] : [servesAnyText]),
        ],
      },
    ),
  ),

  trackerCase(
    'file.blocks.character-borders/accents-and-emoji',
    'The file has characters of two, three and four bytes: each block consists of whole characters, and joined they are the file.',
    expectWholeFile,
    {
      setup: () => ({ file: Buffer.from('ação é ü € 語 \u{1f600}\u{1f680}'.repeat(7)), blocks: 11 }),
      needs: [concatenatesAscii, servesAnyText],
    },
  ),

  ...['abc', ''].map((text) =>
    trackerCase(
      `file.blocks.empty/${text.length}-characters-in-6-blocks`,
      `The file has ${text.length} characters and N is 6: the tracker serves each block, some of them empty, and joined they are the file.`,
      expectWholeFile,
      {
        setup: () => ({ file: Buffer.from(text), blocks: 6 }),
        needs: [keyCases.serves.tracker, concatenatesAscii],
      },
    ),
  ),

  trackerCase(
    'file.blocks.usual-split/ascii',
    'The file is an ASCII text whose size is not a multiple of N.',
    async (tracker) => {
      const sizes = (await allBlocks(tracker)).map((text) => text.length);
      const size = Math.floor(tracker.file.length / tracker.blocks);
      const usual = sizes.every((length, index) => (index < tracker.blocks - 1 ? length === size : length >= size));
      return usual ? 'the usual split: ⌊size/N⌋ each, the last block takes the rest' : `block sizes ${show(sizes)}`;
    },
    { needs: [keyCases.serves.tracker] },
  ),
];
