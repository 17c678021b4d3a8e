import { createHash } from 'node:crypto';
import { peerCase, trackerCase } from '../case.ts';
import { expectEqual, expectSuccess, show } from '../expect.ts';
import { grant, reply } from '../stage/replies.ts';
import { sampleBlocks } from '../stage/sample-text.ts';
import type { TrackerStage } from '../stage/tracker-stage.ts';
import { Violation } from '../violation.ts';
import { field, isObject, type JsonObject } from '../wire/message.ts';
import { requestBlock, requestBlockTracker } from '../wire/requests.ts';

const TRACKER_SERVES = 'tracker.block.serves/every-index';
const PEER_SERVES = 'peer.request-block.serves/initial-block';

/** The bytes of a block in an answer with `"encoding":"base64"`; base64 must be padded and canonical (RFC 4648 §4). */
function decoded(message: JsonObject): Buffer {
  expectEqual(field(message, 'encoding'), 'base64', 'encoding');
  const data = field(message, 'block_data');
  const bytes = Buffer.from(typeof data === 'string' ? data : '', 'base64');
  if (bytes.toString('base64') !== data) throw new Violation('padded base64 as block_data', show(data));
  return bytes;
}

async function wholeFile(tracker: TrackerStage, extra: object): Promise<Buffer> {
  const parts: Buffer[] = [];
  for (let index = 0; index < tracker.blocks; index += 1) {
    const request = { ...requestBlockTracker(tracker.known, index), ...extra };
    parts.push(decoded(expectSuccess(await tracker.client.ask(request), `success for block ${index}`)));
  }
  return Buffer.concat(parts);
}

function expectSameBytes(actual: Buffer, file: Buffer): void {
  if (!actual.equals(file)) throw new Violation(`the ${file.length} bytes of the file`, `${actual.length} other bytes`);
}

/** Every byte value, in blocks that are not UTF-8. */
const binary = Buffer.from(Array.from({ length: 1_024 }, (_, at) => 255 - (at % 256)));

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const metadata = (blocks: readonly string[]) => ({
  total_blocks: blocks.length,
  file_name: 'file.txt',
  file_size: Buffer.byteLength(blocks.join('')),
  block_sha256: blocks.map(sha256),
});

export const extensionCases = [
  trackerCase(
    'file.metadata.fields/for-a-text',
    'A tracker with metadata answers a registration: number of blocks, size and the SHA-256 of each block are right.',
    async (tracker) => {
      const message = expectSuccess(await tracker.register('ana', 20_001));
      expectEqual(field(message, 'total_blocks'), tracker.blocks, 'total_blocks');
      expectEqual(field(message, 'file_size'), tracker.file.length, 'file_size');
      const hashes = field(message, 'block_sha256');
      for (let index = 0; index < tracker.blocks; index += 1) {
        const data = field(expectSuccess(await tracker.requestBlock(index)), 'block_data');
        const hash: unknown = Array.isArray(hashes) ? hashes[index] : undefined;
        const lower = typeof hash === 'string' ? hash.toLowerCase() : hash;
        expectEqual(lower, sha256(String(data)), `the SHA-256 of block ${index}`);
      }
    },
    { needs: [TRACKER_SERVES] },
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
              instead: ({ action, body }) => {
                const block_index = field(body, 'block_index');
                return action === 'request_block'
                  ? reply({ status: 'success', block_index, block_data: 'WRONG' })
                  : undefined;
              },
            },
          ],
          tracker: { registerExtras: metadata(blocks), block: (index) => grant(index, blocks) },
        };
      },
      needs: ['peer.file.exact/ascii'],
    },
  ),

  trackerCase(
    'file.encoding.on-request/tracker',
    'A block of text is asked for in base64: it comes so, and is right.',
    async (tracker) => expectSameBytes(await wholeFile(tracker, { encoding: 'base64' }), tracker.file),
    { needs: [TRACKER_SERVES] },
  ),

  peerCase(
    'file.encoding.on-request/peer',
    'A block of text is asked for in base64: it comes so, and is right.',
    async (peer) => {
      await peer.ready();
      const request = { ...requestBlock(peer.known, 0), encoding: 'base64' };
      const message = expectSuccess(await peer.client.ask(request));
      expectSameBytes(decoded(message), Buffer.from(peer.blocks[0] ?? ''));
    },
    { needs: [PEER_SERVES] },
  ),

  trackerCase(
    'file.encoding.only-when-asked/tracker',
    'A block of text is asked for without a word on encoding: it comes as text.',
    async (tracker) => {
      expectEqual(field(expectSuccess(await tracker.requestBlock(0)), 'encoding'), undefined, 'encoding');
    },
    { needs: [TRACKER_SERVES] },
  ),

  peerCase(
    'file.encoding.only-when-asked/peer',
    'A block of text is asked for without a word on encoding: it comes as text.',
    async (peer) => {
      await peer.ready();
      const message = expectSuccess(await peer.client.ask(requestBlock(peer.known, 0)));
      expectEqual(field(message, 'encoding'), undefined, 'encoding');
    },
    { needs: [PEER_SERVES] },
  ),

  trackerCase(
    'file.encoding.binary-always/tracker',
    'The file is not UTF-8, and its blocks are asked for without a word on encoding: they come in base64.',
    async (tracker) => expectSameBytes(await wholeFile(tracker, {}), tracker.file),
    { setup: () => ({ file: binary, blocks: 5 }), needs: [TRACKER_SERVES] },
  ),

  peerCase(
    'file.encoding.binary-always/peer',
    'A peer has got a block that is not UTF-8, and is asked for it without a word on encoding: it comes in base64.',
    async (peer) => {
      const message = await peer.grants(peer.client, peer.known, 0);
      if (message === undefined) throw new Violation('the block within an interval', 'nothing but refusals');
      expectSameBytes(decoded(message), binary);
    },
    {
      setup: () => ({
        tracker: {
          initialBlocks: [0],
          block: (index) =>
            reply(
              { status: 'success', block_index: index, block_data: binary.toString('base64'), encoding: 'base64' },
              index === 0 ? 0 : 60_000,
            ),
        },
      }),
      needs: [PEER_SERVES, 'file.encoding.on-request/peer'],
    },
  ),

  trackerCase(
    'file.encoding.base-ignores/tracker',
    'A block is asked for in base64, of a tracker that does not know that: it comes as text.',
    async (tracker) => {
      const message = expectSuccess(
        await tracker.client.ask({ ...requestBlockTracker(tracker.known, 0), encoding: 'base64' }),
      );
      const data = field(message, 'block_data');
      const isText = typeof data === 'string' && data !== '' && tracker.file.toString().startsWith(data);
      if (!isText && field(message, 'encoding') !== 'base64') throw new Violation('the block as text', show(message));
    },
    { needs: [TRACKER_SERVES], inapplicable: declaresEncoding },
  ),

  peerCase(
    'file.encoding.base-ignores/peer',
    'A block is asked for in base64, of a peer that does not know that: it comes as text.',
    async (peer) => {
      await peer.ready();
      const message = expectSuccess(await peer.client.ask({ ...requestBlock(peer.known, 0), encoding: 'base64' }));
      const isText = field(message, 'block_data') === peer.blocks[0];
      if (!isText && field(message, 'encoding') !== 'base64') throw new Violation('the block as text', show(message));
    },
    { needs: [PEER_SERVES], inapplicable: declaresEncoding },
  ),

  peerCase(
    'file.encoding.unknown-is-wrong/rot13',
    'A peer answers every block request in an encoding that nobody knows: the file is right all the same.',
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
              instead: ({ action, body }) =>
                action === 'request_block'
                  ? reply({
                      status: 'success',
                      block_index: field(body, 'block_index'),
                      block_data: 'jebat',
                      encoding: 'rot13',
                    })
                  : undefined,
            },
          ],
          tracker: { block: (index) => grant(index, blocks) },
        };
      },
      needs: ['peer.file.exact/ascii'],
    },
  ),

  trackerCase(
    'file.initial-data.inline/for-a-text',
    'A tracker that gives data with a registration: it has it for designated blocks alone, and it is right.',
    async (tracker) => {
      const message = expectSuccess(await tracker.register('ana', 20_001));
      const data = field(message, 'initial_blocks_data');
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
    { needs: [TRACKER_SERVES] },
  ),
];

function declaresEncoding({ extensions }: { extensions?: readonly string[] }): string | undefined {
  return extensions?.includes('encoding') === true ? 'the extension encoding is declared' : undefined;
}
