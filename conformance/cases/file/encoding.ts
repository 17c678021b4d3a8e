import { isUtf8 } from 'node:buffer';
import { peerCase, trackerCase } from '../case.ts';
import { expectEqual, expectSuccess, show } from '../../wire/expect.ts';
import type { PeerSetup } from '../../stage/peer-stage.ts';
import { grant, reply } from '../../stage/replies.ts';
import { sampleBlocks } from '../../stage/sample-blocks.ts';
import type { TrackerStage } from '../../stage/tracker-stage.ts';
import { Inapplicable, Violation } from '../../violation.ts';
import { field, type JsonObject } from '../../wire/message.ts';
import { requestBlock, requestBlockTracker } from '../../wire/requests.ts';

const trackerServes = 'tracker.block.serves/every-index';
const peerServes = 'peer.request-block.serves/initial-block';
const ALONE = 'peer.tracker-last.nobody-has/alone';

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

/** A text whose base64 has `+`, `/`, padding and more characters than a line of MIME. */
const telling = '?>~ÿ¿ï >>? ';

/** A peer that says it has every block and gives all of them in one way, and a tracker that gives them as text. */
const liar = (encoding: string, block_data: string) => (): PeerSetup => {
  const blocks = sampleBlocks(8);
  return {
    blocks,
    peers: [
      {
        id: 'lia',
        holds: new Set(blocks.keys()),
        specialReply: ({ action, body }) =>
          action === 'request_block'
            ? reply({ status: 'success', block_index: field(body, 'block_index'), block_data, encoding })
            : undefined,
      },
    ],
    tracker: { initialBlocks: [], block: (index) => grant(index, blocks) },
  };
};

/** Blocks of text as a server of the extension may give them to one that asked. */
const inBase64 = (blocks: readonly string[]) => (index: number) =>
  reply({
    status: 'success',
    block_index: index,
    encoding: 'base64',
    block_data: Buffer.from(blocks[index] ?? '').toString('base64'),
  });

export const encodingCases = [
  trackerCase(
    'file.encoding.on-request/tracker',
    'A block of text is asked for in base64: it comes so, and is right.',
    async (tracker) => expectSameBytes(await wholeFile(tracker, { encoding: 'base64' }), tracker.file),
    { setup: () => ({ file: Buffer.from(telling.repeat(60)), blocks: 6 }), needs: [trackerServes], running: true },
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
    { setup: () => ({ blocks: [telling.repeat(20), ...sampleBlocks(7)] }), needs: [peerServes] },
  ),

  trackerCase(
    'file.encoding.only-when-asked/tracker',
    'A block of text is asked for without a word on encoding: it comes as text.',
    async (tracker) => {
      if (!isUtf8(tracker.file)) throw new Inapplicable('the file is no text');
      expectEqual(field(expectSuccess(await tracker.requestBlock(0)), 'encoding'), undefined, 'encoding');
    },
    { needs: [trackerServes], running: true },
  ),

  peerCase(
    'file.encoding.only-when-asked/peer',
    'A block of text is asked for without a word on encoding: it comes as text.',
    async (peer) => {
      await peer.ready();
      const message = expectSuccess(await peer.client.ask(requestBlock(peer.known, 0)));
      expectEqual(field(message, 'encoding'), undefined, 'encoding');
    },
    { needs: [peerServes] },
  ),

  trackerCase(
    'file.encoding.binary-always/tracker',
    'The file is not UTF-8, and its blocks are asked for without a word on encoding: they come in base64.',
    async (tracker) => expectSameBytes(await wholeFile(tracker, {}), tracker.file),
    { setup: () => ({ file: binary, blocks: 5 }), needs: [trackerServes] },
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
      needs: [peerServes, 'file.encoding.on-request/peer'],
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
      if (isText === (field(message, 'encoding') === 'base64')) throw new Violation('the block as text', show(message));
    },
    { needs: [trackerServes], inapplicable: declaresEncoding },
  ),

  peerCase(
    'file.encoding.base-ignores/peer',
    'A block is asked for in base64, of a peer that does not know that: it comes as text.',
    async (peer) => {
      await peer.ready();
      const message = expectSuccess(await peer.client.ask({ ...requestBlock(peer.known, 0), encoding: 'base64' }));
      const isText = field(message, 'block_data') === peer.blocks[0];
      if (isText === (field(message, 'encoding') === 'base64')) throw new Violation('the block as text', show(message));
    },
    { needs: [peerServes], inapplicable: declaresEncoding },
  ),

  peerCase(
    'file.encoding.unknown-is-wrong/rot13',
    'A peer answers every block request in an encoding that nobody knows: the file is right all the same.',
    (peer) => peer.complete(),
    // It would be base64, too.
    { setup: liar('rot13', 'jebatqba'), needs: [ALONE, 'peer.file.exact/base64'] },
  ),

  peerCase(
    'peer.file.exact/base64',
    'The tracker gives every block in base64, as it was asked to: the file is right, byte for byte.',
    (peer) => peer.complete(),
    {
      setup: () => {
        const blocks = [...sampleBlocks(3), telling, ''];
        return { blocks, peers: [], tracker: { initialBlocks: [], block: inBase64(blocks) } };
      },
      needs: [ALONE],
      inapplicable: lacksEncoding,
    },
  ),

  peerCase(
    'peer.wrong-answers.survived/not-base64',
    'A peer answers every block request with what is said to be base64 and is not: the file is right all the same.',
    (peer) => peer.complete(),
    { setup: liar('base64', '#WRONG#='), needs: [ALONE, 'peer.file.exact/base64'], inapplicable: lacksEncoding },
  ),
];

function declaresEncoding({ extensions }: { extensions?: readonly string[] }): string | undefined {
  return extensions?.includes('encoding') === true ? 'the extension encoding is declared' : undefined;
}

function lacksEncoding({ extensions }: { extensions?: readonly string[] }): string | undefined {
  return extensions?.includes('encoding') === true ? undefined : 'the extension encoding is not declared';
}
