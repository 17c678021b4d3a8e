import { peerCase, rootCase } from '../case.ts';
import { expectConforms, expectEqual, expectError, expectSuccess, show } from '../../wire/expect.ts';
import type { PeerStage } from '../../stage/peer-stage.ts';
import type { PeerServerStage } from '../../stage/server-stage.ts';
import { sampleBlocks } from '../../stage/sample-blocks.ts';
import { Violation } from '../../violation.ts';
import { field, type JsonObject } from '../../wire/message.ts';
import { haveBlocksInfo, requestBlock } from '../../wire/requests.ts';
import { answerNeeds, basic, indicesOutside } from '../wire/server-case.ts';

const SERVES = 'peer.request-block.serves/initial-block';
const outOfRange = 'peer.request-block.out-of-range/every-kind';

/** A block that the subject has and one that it has not, as the default stage is set. */
const held = 0;
const MISSING = 5;

async function blocksInfo(peer: PeerStage): Promise<unknown[]> {
  const message = expectSuccess(await peer.client.ask(haveBlocksInfo(peer.known)));
  const info = field(message, 'blocks_info');
  if (!Array.isArray(info)) throw new Violation('a list blocks_info', show(message));
  return info as unknown[];
}

/** Waits until the subject grants a known peer a block that it has. */
async function granted(peer: PeerStage, index = held): Promise<JsonObject> {
  const message = await peer.grants(peer.client, peer.known, index);
  if (message === undefined) {
    throw new Violation(
      `block ${index} for ${peer.known}, the only known peer, within an interval`,
      'nothing but refusals',
    );
  }
  return message;
}

async function refused(peer: PeerStage, senderId: string, index: number, why: string): Promise<JsonObject> {
  await granted(peer);
  return expectError(await peer.client.ask(requestBlock(senderId, index)), `status "error" for ${why}`);
}

async function expectInfoShape(peer: PeerServerStage): Promise<void> {
  const message = expectSuccess(await peer.client.ask(haveBlocksInfo(peer.known)));
  expectConforms(message, 'have_blocks_info.response');
  if (peer.subjectId !== undefined) expectEqual(field(message, 'peer_id'), peer.subjectId, 'peer_id');
  const info = field(message, 'blocks_info');
  expectEqual(Array.isArray(info) ? info.length : show(info), peer.blockCount, 'a list blocks_info of length');
}

/** On a running peer: the valid block request is about a block that it has, if it has any. */
async function expectStrangerRefused(peer: PeerServerStage): Promise<void> {
  const request = { ...peer.validRequests.get('request_block'), sender_id: `${peer.known}-eve` };
  expectError(await peer.client.ask(request), 'status "error" for a sender that the tracker has never listed');
}

async function expectOutsideRefused(peer: PeerServerStage): Promise<void> {
  for (const index of indicesOutside(peer.blockCount)) {
    const expected = `status "error" for block ${index} of ${peer.blockCount}`;
    expectError(await peer.client.ask(requestBlock(peer.known, index)), expected);
    await peer.serves(`a request for block ${index}`);
  }
}

export const peerServerCases = [
  peerCase(
    basic.peer,
    'A known peer asks which blocks there are: success, the own peer_id, and N booleans.',
    expectInfoShape,
    { needs: [rootCase.peer, ...answerNeeds('peer', 'have_blocks_info')], running: expectInfoShape },
  ),

  peerCase(
    'peer.have-blocks.truth/two-of-eight',
    'A peer has got blocks 0 and 1 of 8: blocks_info says so, those two are served and the others are not.',
    async (peer) => {
      for (const index of [0, 1]) await granted(peer, index);
      const info = await blocksInfo(peer);
      expectEqual(
        info,
        peer.blocks.map((_, index) => index < 2),
        'blocks_info',
      );
    },
    { needs: [basic.peer, SERVES] },
  ),

  peerCase(
    SERVES,
    'The only known peer asks for the two blocks that are there: within an interval it is unchoked and gets them.',
    async (peer) => {
      for (const index of [0, 1]) {
        const message = await granted(peer, index);
        expectEqual(field(message, 'block_index'), index, 'block_index');
        expectEqual(field(message, 'block_data'), peer.blocks[index], 'block_data');
      }
    },
    {
      needs: [
        basic.peer,
        ...answerNeeds('peer', 'request_block'),
        'file.initial-data.not-needed/every-block-designated',
      ],
    },
  ),

  peerCase(
    'file.block-data.text/peer',
    'A block has accents, quotes, control characters and an emoji: it is served as that very text.',
    async (peer) => {
      expectEqual(field(await granted(peer, 1), 'block_data'), peer.blocks[1], 'block_data');
    },
    {
      setup: () => ({ blocks: [...sampleBlocks(1), 'ação "é"\\\r\n\u0000\u0007\u{1f600}\u2028', ...sampleBlocks(5)] }),
      needs: [SERVES],
    },
  ),

  peerCase(
    'peer.request-block.refuses-missing/not-there-yet',
    'An unchoked peer asks for a block that is not there: error.',
    async (peer) => {
      await refused(peer, peer.known, MISSING, 'a block that is not there');
    },
    { needs: [SERVES] },
  ),

  peerCase(
    'peer.request-block.refuses-unknown/stranger',
    'Peers that the tracker has never listed, with ids of many kinds, ask for a block that is there: error.',
    async (peer) => {
      for (const id of ['eve', '__proto__', 'constructor', 'toString']) {
        await refused(peer, id, held, `${id}, a sender that the tracker has never listed`);
      }
    },
    { needs: [SERVES], running: expectStrangerRefused },
  ),

  peerCase(
    outOfRange,
    'An unchoked peer asks for block 8 of 8, of which the last is there, for block -1, and for blocks far beyond: error each time.',
    async (peer) => {
      await granted(peer, 7);
      await expectOutsideRefused(peer);
    },
    {
      setup: () => ({ tracker: { initialBlocks: [0, 7] } }),
      needs: [SERVES],
      running: async (peer) => {
        await peer.ready();
        await expectOutsideRefused(peer);
      },
    },
  ),

  peerCase(
    'peer.request-block.refusal-reason/not-there-yet',
    'An unchoked peer asks for a block that is not there: the error has a reason.',
    async (peer) => {
      const message = await refused(peer, peer.known, MISSING, 'a block that is not there');
      if (typeof field(message, 'reason') !== 'string') throw new Violation('a reason as a string', show(message));
    },
    { needs: ['peer.request-block.refuses-missing/not-there-yet'] },
  ),

  peerCase(
    'peer.request-block.refusal-index/not-there-yet',
    'An unchoked peer asks for a block that is not there: the error has the block_index.',
    async (peer) => {
      const message = await refused(peer, peer.known, MISSING, 'a block that is not there');
      expectEqual(field(message, 'block_index'), MISSING, 'block_index');
    },
    { needs: ['peer.request-block.refuses-missing/not-there-yet'] },
  ),

  peerCase(
    'peer.request-block.refusal-index/first-beyond',
    'An unchoked peer asks for block 8 of 8: the error has the block_index.',
    async (peer) => {
      const message = await refused(peer, peer.known, 8, 'block 8 of 8');
      expectEqual(field(message, 'block_index'), 8, 'block_index');
    },
    { needs: [outOfRange] },
  ),
];
