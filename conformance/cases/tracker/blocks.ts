import { isUtf8 } from 'node:buffer';
import { rootCase, trackerCase } from '../case.ts';
import { expectAnswer, expectEqual, expectError, expectSuccess, show } from '../../wire/expect.ts';
import { sampleBlocks } from '../../stage/sample-blocks.ts';
import type { TrackerStage } from '../../stage/tracker-stage.ts';
import { Violation } from '../../violation.ts';
import { field } from '../../wire/message.ts';
import { requestBlockTracker } from '../../wire/requests.ts';
import { answerNeeds, indicesOutside } from '../wire/server-case.ts';
import { answersUnderLoadWithinMs } from '../../time-limits.ts';

const SERVES = 'tracker.block.serves/every-index';
const outOfRange = 'tracker.block.out-of-range/every-kind';

/** Fetches a block; a block of text needs no encoding. */
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

async function expectWholeFile(tracker: TrackerStage): Promise<void> {
  const joined = Buffer.concat(await allBlocks(tracker));
  if (joined.equals(tracker.file)) return;
  const at = tracker.file.findIndex((byte, index) => byte !== joined[index]);
  throw new Violation(
    `blocks 0 to ${tracker.blocks - 1} joined to be the file, ${tracker.file.length} bytes`,
    `${joined.length} bytes, other than the file from byte ${at === -1 ? tracker.file.length : at} on`,
  );
}

const texts: readonly { name: string; what: string; text: string; blocks: number }[] = [
  { name: 'one-block', what: 'a text in one block', text: sampleBlocks(3).join(''), blocks: 1 },
  {
    name: 'crlf',
    what: 'a text with CR LF, lone CR and no final newline',
    text: 'um\r\ndois\rtrês\n\nquatro',
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

export const trackerBlockCases = [
  trackerCase(
    SERVES,
    'A peer asks for every block of a file that nobody else has: each comes, with its index and its data.',
    async (tracker) => {
      for (let index = 0; index < tracker.blocks; index += 1) {
        const message = expectSuccess(await tracker.requestBlock(index), `success for block ${index}`);
        expectEqual(field(message, 'block_index'), index, 'block_index');
        if (typeof field(message, 'block_data') !== 'string')
          throw new Violation('block_data as a string', show(message));
      }
    },
    { needs: [rootCase.tracker, ...answerNeeds('tracker', 'request_block_tracker')], running: true },
  ),

  trackerCase(
    'tracker.block.serves/large',
    'A block has 4 MiB, more than fits into the buffers of a socket: it comes whole.',
    expectWholeFile,
    { setup: () => ({ file: Buffer.alloc(4 << 20, 'um texto longo. '), blocks: 1 }), needs: [SERVES] },
  ),

  trackerCase(
    outOfRange,
    'A peer asks for block N, the last being N - 1, for block -1, and for blocks far beyond N: error each time.',
    async (tracker) => {
      for (const index of indicesOutside(tracker.blocks)) {
        expectError(await tracker.requestBlock(index), `status "error" for block ${index} of ${tracker.blocks}`);
        await tracker.serves(`a request for block ${index}`);
      }
    },
    { needs: [SERVES], running: true },
  ),

  trackerCase(
    'tracker.block.out-of-range-reason/first-beyond',
    'A peer asks for block N, the last being N - 1: the error has a reason.',
    async (tracker) => {
      const message = expectError(await tracker.requestBlock(tracker.blocks));
      if (typeof field(message, 'reason') !== 'string') throw new Violation('a reason as a string', show(message));
    },
    { needs: [SERVES, outOfRange], running: true },
  ),

  trackerCase(
    'tracker.block.unregistered-sender/stranger',
    'A peer that never registered asks for a block.',
    async (tracker) => {
      const message = expectAnswer(await tracker.client.ask(requestBlockTracker(tracker.id('eve'), 0)));
      return `a block request of a stranger is answered with ${show(field(message, 'status'))}`;
    },
    { running: true },
  ),

  trackerCase(
    'file.blocks.concatenate/ascii',
    'All blocks of the file are fetched: joined they are the file, byte for byte.',
    expectWholeFile,
    { needs: [SERVES], running: true },
  ),

  ...texts.map(({ name, what, text, blocks }) =>
    trackerCase(
      `file.blocks.concatenate/${name}`,
      `The file is ${what}, N is ${blocks}: the blocks joined are the file, byte for byte.`,
      expectWholeFile,
      { setup: () => ({ file: Buffer.from(text), blocks }), needs: [SERVES] },
    ),
  ),

  trackerCase(
    'file.blocks.character-borders/accents-and-emoji',
    'The file has characters of two, three and four bytes: every block is whole characters, and joined they are the file.',
    expectWholeFile,
    {
      setup: () => ({ file: Buffer.from('ação é ü € 語 \u{1f600}\u{1f680}'.repeat(7)), blocks: 11 }),
      needs: [SERVES, 'file.blocks.concatenate/ascii'],
    },
  ),

  ...['abc', ''].map((text) =>
    trackerCase(
      `file.blocks.empty/${text.length}-characters-in-6-blocks`,
      `The file has ${text.length} characters and N is 6: every block is served, some are empty, joined they are the file.`,
      expectWholeFile,
      { setup: () => ({ file: Buffer.from(text), blocks: 6 }), needs: [SERVES, 'file.blocks.concatenate/ascii'] },
    ),
  ),

  trackerCase(
    'file.blocks.usual-split/ascii',
    'The file is an ASCII text whose size N does not divide.',
    async (tracker) => {
      const sizes = (await allBlocks(tracker)).map((text) => text.length);
      const size = Math.floor(tracker.file.length / tracker.blocks);
      const usual = sizes.every((length, index) => (index < tracker.blocks - 1 ? length === size : length >= size));
      return usual ? 'the usual split: ⌊size/N⌋ each, the last block takes the rest' : `block sizes ${show(sizes)}`;
    },
    { needs: [SERVES] },
  ),

  trackerCase(
    'file.block-data.text/tracker',
    'The file is ASCII text: block_data is that text, without any encoding.',
    async (tracker) => {
      const whole = tracker.file.toString();
      const text = (await blockBytes(tracker, 0)).toString();
      if (!whole.startsWith(text) || text === '')
        throw new Violation('the beginning of the file as block 0', show(text));
    },
    { needs: [SERVES] },
  ),

  trackerCase(
    'tracker.concurrent/block-to-one-who-does-not-read',
    'Three clients ask for a block of 4 MiB and read nothing; another is served meanwhile.',
    async (tracker) => {
      for (let n = 0; n < 3; n += 1) {
        const connection = await tracker.client.open();
        connection.stopReading();
        await connection.send(JSON.stringify(requestBlockTracker(tracker.known, 0)));
      }
      await tracker.serves('block requests whose senders do not read');
      const other = await tracker.client.ask(requestBlockTracker(tracker.known, 1), {
        timeoutMs: answersUnderLoadWithinMs,
      });
      expectSuccess(other, 'block 1 while block 0 is on its way to others');
    },
    { setup: () => ({ file: Buffer.alloc(8 << 20, 'um texto longo. '), blocks: 2 }), needs: [SERVES] },
  ),

  trackerCase(
    'tracker.concurrent/many-at-once',
    'Forty clients ask for blocks at once: each is served, with the block that it has asked for.',
    async (tracker) => {
      const some = Math.min(tracker.blocks, 8);
      const texts: unknown[] = [];
      for (let index = 0; index < some; index += 1)
        texts.push(field((await tracker.requestBlock(index)).value, 'block_data'));
      const asked = Array.from({ length: 40 }, async (_, n) => ({ n, answer: await tracker.requestBlock(n % some) }));
      for (const { n, answer } of await Promise.all(asked)) {
        const index = n % some;
        const message = expectSuccess(answer, `block ${index} for one of forty`);
        expectEqual(field(message, 'block_index'), index, 'block_index');
        expectEqual(field(message, 'block_data'), texts[index], `the data of block ${index}`);
      }
    },
    { needs: [SERVES], running: true },
  ),
];
