import type { PeerStage } from '../../stage/peer-stage.ts';
import { refusingPeer } from '../../stage/scripted-peer.ts';
import type { PeerServerStage } from '../../stage/server-stage.ts';
import { TimedViolation, Violation } from '../../violation.ts';
import type { Answer } from '../../wire/client.ts';
import { expectEqual, expectError, expectSuccess, show } from '../../wire/expect.ts';
import { field, type JsonObject } from '../../wire/message.ts';
import { announceBlock, requestBlock } from '../../wire/requests.ts';
import { peerCase } from '../case.ts';
import { keyCases } from '../key-cases.ts';
import {
  expectEachRefused,
  expectEachRefusedAsWritten,
  firstRefusal,
  indicesOutside,
  wrappedIndices,
} from '../indices-outside.ts';
import { answerNeeds } from '../server-case.ts';
import { askRounds, untilSettled } from './choking/rounds.ts';
import { bestFourAndFour, refusingSwarm } from './choking/swarm.ts';

/** On the default stage, a block that the subject has and one that it does not have. */
const heldBlock = 0;
const missingBlock = 5;

/** Waits until the subject grants the known peer a block; throws a violation unless it does. */
export function expectGranted(peer: PeerStage, index = heldBlock): Promise<JsonObject> {
  return peer.expectGrant(peer.client, peer.known, index, `block ${index} for ${peer.known}, the only known peer,`);
}

/** Sends a block request while the known peer is unchoked; throws a violation unless it is refused. */
async function expectRefused(peer: PeerStage, senderId: string, index: number, why: string): Promise<JsonObject> {
  await expectGranted(peer);
  return expectError(await peer.client.ask(requestBlock(senderId, index)), `status "error" for ${why}`);
}

/** For a running peer, whose valid block request names a block that it has, if it has any. */
async function expectStrangerRefused(peer: PeerServerStage): Promise<void> {
  const request = { ...peer.validRequests.get('request_block'), sender_id: `${peer.known}-eve` };
  expectError(await peer.client.ask(request), 'status "error" for a sender that the tracker has never listed');
}

async function expectWrappedRefused(peer: PeerServerStage): Promise<void> {
  await peer.ready();
  await expectEachRefusedAsWritten(peer, requestBlock(peer.known, 0), 'block_index', wrappedIndices);
}

async function expectOwnIndex(peer: PeerServerStage): Promise<void> {
  await peer.ready();
  const request = { ...peer.validRequests.get('request_block') };
  const message = expectSuccess(await peer.client.ask(request), 'success for a block that it has');
  expectEqual(field(message, 'block_index'), field(request, 'block_index'), 'block_index');
}

const askFor =
  ({ client, known }: PeerServerStage) =>
  (index: number): Promise<Answer> =>
    client.ask(requestBlock(known, index));

const expectOutsideRefused = (peer: PeerServerStage): Promise<void> =>
  expectEachRefused(peer, indicesOutside(peer.blockCount), askFor(peer));

const oddIds = ['__proto__', 'joão "ção" \u{1f600}', 'x'.repeat(1_000), ' '];

export const requestBlockCases = [
  peerCase(
    'peer.request-block.serves/granted',
    'The only known peer asks for the two blocks that the subject has: the subject unchokes it within an interval, and answers with success.',
    async (peer) => {
      for (const index of [0, 1]) await expectGranted(peer, index);
    },
    {
      needs: [
        keyCases.answersRead.peer,
        ...answerNeeds('peer', 'request_block'),
        'file.initial-data.not-needed/every-block-designated',
      ],
    },
  ),

  peerCase(
    'peer.request-block.serves/initial-block',
    'An unchoked peer asks for the two blocks that the subject has: the answers have their data.',
    async (peer) => {
      for (const index of [0, 1]) {
        expectEqual(field(await expectGranted(peer, index), 'block_data'), peer.blocks[index], 'block_data');
      }
    },
    { needs: [keyCases.grants.peer] },
  ),

  peerCase(
    'peer.request-block.serves/own-index',
    'An unchoked peer asks for a block that the subject has: the answer has the index of the block.',
    expectOwnIndex,
    { needs: [keyCases.grants.peer], running: expectOwnIndex, sharedBy: 'requests' },
  ),

  peerCase(
    'peer.request-block.serves/odd-ids',
    'Four peers that have wanted blocks have odd ids, not ASCII, long, a space: the subject serves all of them.',
    async (peer) => {
      for (const { id, client } of peer.peers) {
        await peer.expectGrant(client, id, 0, `block 0 for ${show(id)}`);
      }
    },
    {
      setup: () => ({ peers: oddIds.map((id) => refusingPeer(id, [2, 3])) }),
      needs: [keyCases.grants.peer, keyCases.readsNonAscii.peer, keyCases.readsNonAscii.client],
    },
  ),

  peerCase(
    'peer.request-block.refuses-missing/not-there-yet',
    'An unchoked peer asks for a block that the subject does not have: error.',
    async (peer) => {
      await expectRefused(peer, peer.known, missingBlock, 'a block that the subject does not have');
    },
    { needs: [keyCases.grants.peer] },
  ),

  peerCase(
    'peer.request-block.refuses-choked/eight-known',
    'Eight known peers ask for the same block at once: the subject refuses some of them.',
    async (peer) => {
      await untilSettled(peer);
      const rounds = await askRounds(peer, 2);
      if (rounds.every(({ served }) => served.size === peer.peers.length)) {
        throw new TimedViolation(
          'refusals for the choked ones of eight known peers',
          'the block for all of them, every time',
        );
      }
    },
    { setup: () => refusingSwarm(bestFourAndFour([2, 3, 4], [5])), needs: [keyCases.grants.peer] },
  ),

  peerCase(
    'peer.request-block.refuses-unknown/stranger',
    'Peers that the tracker has never listed ask for a block that the subject has: error each time.',
    async (peer) => {
      for (const id of ['eve', '__proto__', 'constructor', 'toString']) {
        await expectRefused(peer, id, heldBlock, `${id}, a sender that the tracker has never listed`);
      }
    },
    { needs: [keyCases.grants.peer], running: expectStrangerRefused },
  ),

  peerCase(
    'peer.request-block.refuses-unknown/that-announces',
    'A peer that the tracker has never listed announces six wanted blocks, and asks for a block over three intervals: error each time.',
    async (peer) => {
      for (const index of [2, 3, 4, 5, 6, 7]) expectSuccess(await peer.client.ask(announceBlock('eve', index)));
      for (let turn = 0; turn < 12; turn++) {
        await expectRefused(peer, 'eve', heldBlock, 'a sender that the tracker has never listed, after announcements');
        const isGone = (): boolean => peer.program.exit !== undefined;
        await peer.context.transcript.watch.until(isGone, peer.context.timing.unchokeMs / 4);
      }
    },
    { needs: ['peer.request-block.refuses-unknown/stranger', 'peer.announce.unknown-sender/stranger'] },
  ),

  peerCase(
    'peer.request-block.out-of-range/every-kind',
    'An unchoked peer asks for block 8 of 8, for block -1, and for blocks far beyond: error each time.',
    async (peer) => {
      await expectGranted(peer, 7);
      await expectOutsideRefused(peer);
    },
    {
      // No peer holds block 7, so that the subject gets it even if it fetches initial blocks as all others.
      setup: () => ({ peers: [refusingPeer('ana', [2, 3, 4, 5, 6])], tracker: { initialBlocks: [0, 7] } }),
      needs: [keyCases.grants.peer],
      running: async (peer) => {
        await peer.ready();
        await expectOutsideRefused(peer);
      },
    },
  ),

  peerCase(
    'peer.request-block.out-of-range/wraps',
    'An unchoked peer asks for blocks whose index is that of a block that is here in 8, 16, 32 or 64 bits only: error each time.',
    expectWrappedRefused,
    {
      needs: [keyCases.grants.peer, 'peer.request-block.out-of-range/every-kind'],
    },
  ),

  peerCase(
    'peer.request-block.refusal-reason/not-there-yet',
    'An unchoked peer asks for a block that the subject does not have: the error has a reason.',
    async (peer) => {
      const message = await expectRefused(peer, peer.known, missingBlock, 'a block that the subject does not have');
      if (typeof field(message, 'reason') !== 'string') throw new Violation('a reason as a string', show(message));
    },
    { needs: ['peer.request-block.refuses-missing/not-there-yet'] },
  ),

  peerCase(
    'peer.request-block.refusal-index/not-there-yet',
    'An unchoked peer asks for a block that the subject does not have: the error has the block_index.',
    async (peer) => {
      const message = await expectRefused(peer, peer.known, missingBlock, 'a block that the subject does not have');
      expectEqual(field(message, 'block_index'), missingBlock, 'block_index');
    },
    { needs: ['peer.request-block.refuses-missing/not-there-yet'] },
  ),

  peerCase(
    'peer.request-block.refusal-index/first-beyond',
    'An unchoked peer asks for block 8 of 8, and for others outside: the first error has the block_index.',
    async (peer) => {
      await expectGranted(peer);
      let asked: number | undefined;
      const message = await firstRefusal(indicesOutside(peer.blockCount), (index) => askFor(peer)((asked = index)));
      expectEqual(field(message, 'block_index'), asked, 'block_index');
    },
    { needs: [keyCases.grants.peer] },
  ),
];
