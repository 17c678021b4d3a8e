import { isUtf8 } from 'node:buffer';
import { reply } from '../../stage/replies.ts';
import { sampleBlocks } from '../../stage/sample-blocks.ts';
import type { TrackerStage } from '../../stage/tracker-stage.ts';
import { Inapplicable, Violation } from '../../violation.ts';
import { expectEqual, expectSuccess, show } from '../../wire/expect.ts';
import { field, type JsonObject } from '../../wire/message.ts';
import { requestBlock, requestBlockTracker } from '../../wire/requests.ts';
import { peerCase, trackerCase } from '../case.ts';
import { keyCases } from '../key-cases.ts';
import { blockIndex, lyingPeer } from '../swarms.ts';

/** The bytes of a block in an answer with `"encoding":"base64"`; base64 must be padded and canonical (RFC 4648 §4). */
function decoded(message: JsonObject): Buffer {
  expectEqual(field(message, 'encoding'), 'base64', 'encoding');
  const data = field(message, 'block_data');
  const bytes = Buffer.from(typeof data === 'string' ? data : '', 'base64');
  if (bytes.toString('base64') !== data) throw new Violation('padded base64 as block_data', show(data));
  return bytes;
}

/** Throws a violation unless the tracker serves its whole file in base64 to requests that have these further fields. */
async function expectFileInBase64(tracker: TrackerStage, furtherFields: object): Promise<void> {
  const parts: Buffer[] = [];
  for (let index = 0; index < tracker.blocks; index += 1) {
    const request = { ...requestBlockTracker(tracker.known, index), ...furtherFields };
    parts.push(decoded(expectSuccess(await tracker.client.ask(request), `success for block ${index}`)));
  }
  expectSameBytes(Buffer.concat(parts), tracker.file);
}

function expectSameBytes(actual: Buffer, file: Buffer): void {
  if (!actual.equals(file)) throw new Violation(`the ${file.length} bytes of the file`, `${actual.length} other bytes`);
}

/** Throws a violation unless the answer has the block as text, or in base64 with that encoding. */
function expectText(message: JsonObject, isText: (data: unknown) => boolean): void {
  const saysBase64 = field(message, 'encoding') === 'base64';
  if (isText(field(message, 'block_data')) === saysBase64) throw new Violation('the block as text', show(message));
}

/** Every byte value, in blocks that are not UTF-8. */
const binary = Buffer.from(Array.from({ length: 1_024 }, (_, at) => 255 - (at % 256)));

/** A text whose base64 has `+`, `/`, padding and more characters than a line of MIME. */
export const base64Text = '?>~ÿ¿ï >>? ';

interface WithExtensions {
  readonly extensions?: readonly string[];
}

function declaresEncoding({ extensions }: WithExtensions): string | undefined {
  return extensions?.includes('encoding') === true ? 'the extension encoding is declared' : undefined;
}

export function lacksEncoding({ extensions }: WithExtensions): string | undefined {
  return extensions?.includes('encoding') === true ? undefined : 'the extension encoding is not declared';
}

export const encodingCases = [
  trackerCase(
    'file.encoding.on-request/tracker',
    'A peer asks for blocks of text in base64: the tracker sends them in base64, with the right content.',
    (tracker) => expectFileInBase64(tracker, { encoding: 'base64' }),
    {
      setup: () => ({ file: Buffer.from(base64Text.repeat(60)), blocks: 6 }),
      needs: [keyCases.serves.tracker],
      running: true,
    },
  ),

  peerCase(
    'file.encoding.on-request/peer',
    'A peer asks for a block of text in base64: the subject sends it in base64, with the right content.',
    async (peer) => {
      await peer.ready();
      const request = { ...requestBlock(peer.known, 0), encoding: 'base64' };
      const message = expectSuccess(await peer.client.ask(request));
      expectSameBytes(decoded(message), Buffer.from(peer.blocks[0] ?? ''));
    },
    {
      setup: () => ({ blocks: [base64Text.repeat(20), ...sampleBlocks(7)] }),
      needs: [keyCases.serves.peer],
    },
  ),

  trackerCase(
    'file.encoding.only-when-asked/tracker',
    'A peer asks for a block of text and names no encoding: the tracker sends it as text.',
    async (tracker) => {
      if (!isUtf8(tracker.file)) throw new Inapplicable('the file is not text');
      expectEqual(field(expectSuccess(await tracker.requestBlock(0)), 'encoding'), undefined, 'encoding');
    },
    { needs: [keyCases.serves.tracker], running: true },
  ),

  peerCase(
    'file.encoding.only-when-asked/peer',
    'A peer asks for a block of text and names no encoding: the subject sends it as text.',
    async (peer) => {
      await peer.ready();
      const message = expectSuccess(await peer.client.ask(requestBlock(peer.known, 0)));
      expectEqual(field(message, 'encoding'), undefined, 'encoding');
    },
    { needs: [keyCases.serves.peer] },
  ),

  trackerCase(
    'file.encoding.binary-always/tracker',
    'The file is not UTF-8, and a peer asks for its blocks and names no encoding: the tracker sends them in base64.',
    (tracker) => expectFileInBase64(tracker, {}),
    { setup: () => ({ file: binary, blocks: 5 }), needs: [keyCases.serves.tracker] },
  ),

  peerCase(
    'file.encoding.binary-always/peer',
    'The subject has a block that is not UTF-8, and a peer asks for it and names no encoding: the subject sends it in base64.',
    async (peer) => {
      const message = await peer.expectGrant(peer.client, peer.known, 0, 'the block');
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
      needs: [keyCases.serves.peer, 'file.encoding.on-request/peer'],
    },
  ),

  trackerCase(
    'file.encoding.base-ignores/tracker',
    'A peer asks a tracker without the extension for a block in base64: the tracker sends it as text.',
    async (tracker) => {
      const request = { ...requestBlockTracker(tracker.known, 0), encoding: 'base64' };
      expectText(
        expectSuccess(await tracker.client.ask(request)),
        (data) => typeof data === 'string' && data !== '' && tracker.file.toString().startsWith(data),
      );
    },
    {
      needs: ['wire.fields.server-ignores-unknown/tracker', keyCases.serves.tracker],
      inapplicable: declaresEncoding,
    },
  ),

  peerCase(
    'file.encoding.base-ignores/peer',
    'A peer asks a subject without the extension for a block in base64: the subject sends it as text.',
    async (peer) => {
      await peer.ready();
      const request = { ...requestBlock(peer.known, 0), encoding: 'base64' };
      expectText(expectSuccess(await peer.client.ask(request)), (data) => data === peer.blocks[0]);
    },
    { needs: ['wire.fields.server-ignores-unknown/peer', keyCases.serves.peer], inapplicable: declaresEncoding },
  ),

  peerCase(
    'file.encoding.unknown-is-wrong/rot13',
    'A peer answers every block request in an unknown encoding: the subject still writes the right file.',
    (peer) => peer.complete({ file: 'contents' }),
    {
      setup: () =>
        lyingPeer((request) =>
          reply({
            status: 'success',
            block_index: blockIndex(request),
            // This is valid base64, too.
            block_data: 'jebatqba',
            encoding: 'rot13',
          }),
        ),
      needs: [keyCases.writesContents, 'peer.file.exact/base64'],
    },
  ),
];
