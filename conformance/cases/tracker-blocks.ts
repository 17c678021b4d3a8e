import { ROOT_CASE, trackerCase } from '../case.ts';
import { expectAnswer, expectEqual, expectError, expectSuccess, show } from '../expect.ts';
import { sampleBlocks } from '../stage/sample-text.ts';
import type { TrackerStage } from '../stage/tracker-stage.ts';
import { Violation } from '../violation.ts';
import { field } from '../wire/message.ts';
import { requestBlockTracker } from '../wire/requests.ts';
import { answerNeeds } from './server-case.ts';

const SERVES = 'tracker.block.serves/every-index';

/** Fetches a block as text; a block of text needs no encoding. */
async function blockText(tracker: TrackerStage, index: number): Promise<string> {
  const message = expectSuccess(await tracker.requestBlock(index), `success for block ${index}`);
  const data = field(message, 'block_data');
  if (typeof data !== 'string' || field(message, 'encoding') !== undefined) {
    throw new Violation(`the text of block ${index} as block_data`, show(message));
  }
  return data;
}

async function allBlocks(tracker: TrackerStage): Promise<string[]> {
  const texts: string[] = [];
  for (let index = 0; index < tracker.blocks; index += 1) texts.push(await blockText(tracker, index));
  return texts;
}

async function expectWholeFile(tracker: TrackerStage): Promise<void> {
  const joined = Buffer.from((await allBlocks(tracker)).join(''));
  if (joined.equals(tracker.file)) return;
  const at = tracker.file.findIndex((byte, index) => byte !== joined[index]);
  throw new Violation(
    `blocks 0 to ${tracker.blocks - 1} joined to be the file, ${tracker.file.length} bytes`,
    `${joined.length} bytes, other than the file from byte ${at === -1 ? tracker.file.length : at} on`,
  );
}

const texts: readonly { name: string; what: string; text: string; blocks: number }[] = [
  { name: 'ascii', what: 'a text of ASCII lines', text: sampleBlocks(20).join(''), blocks: 8 },
  { name: 'one-block', what: 'a text in one block', text: sampleBlocks(3).join(''), blocks: 1 },
  {
    name: 'crlf',
    what: 'a text with CR LF, lone CR and no final newline',
    text: 'um\r\ndois\rtrês\n\nquatro',
    blocks: 3,
  },
  { name: 'one-character-each', what: 'a text with as many characters as blocks', text: 'abcdefg', blocks: 7 },
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
    { needs: [ROOT_CASE.tracker, ...answerNeeds('tracker', 'request_block_tracker')] },
  ),

  ...[-1, 8, 1_000_000].map((index) =>
    trackerCase(
      `tracker.block.out-of-range/${index === 8 ? 'first-beyond' : index === -1 ? 'minus-one' : 'far-beyond'}`,
      `A peer asks for block ${index} of 8: error.`,
      async (tracker) => {
        expectError(await tracker.requestBlock(index), `status "error" for block ${index} of 8`);
        await tracker.serves(`a request for block ${index}`);
      },
      { needs: [SERVES] },
    ),
  ),

  trackerCase(
    'tracker.block.out-of-range-reason/first-beyond',
    'A peer asks for block 8 of 8: the error has a reason.',
    async (tracker) => {
      const message = expectError(await tracker.requestBlock(8));
      if (typeof field(message, 'reason') !== 'string') throw new Violation('a reason as a string', show(message));
    },
    { needs: [SERVES, 'tracker.block.out-of-range/first-beyond'] },
  ),

  trackerCase(
    'tracker.block.unregistered-sender/stranger',
    'A peer that never registered asks for a block.',
    async (tracker) => {
      const message = expectAnswer(await tracker.client.ask(requestBlockTracker('eve', 0)));
      return `a block request of a stranger is answered with ${show(field(message, 'status'))}`;
    },
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
      const text = await blockText(tracker, 0);
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
      expectSuccess(await tracker.requestBlock(1), 'block 1 while block 0 is on its way to others');
    },
    { setup: () => ({ file: Buffer.alloc(8 << 20, 'um texto longo. '), blocks: 2 }), needs: [SERVES] },
  ),

  trackerCase(
    'tracker.concurrent/many-at-once',
    'Forty clients ask for a block at once: all are served.',
    async (tracker) => {
      const answers = await Promise.all(Array.from({ length: 40 }, () => tracker.requestBlock(2)));
      for (const answer of answers) expectSuccess(answer, 'block 2 for each of forty');
    },
    { needs: [SERVES] },
  ),
];
