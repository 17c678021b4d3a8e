import type { PeerServerStage } from '../../stage/server-stage.ts';
import { expectSuccess } from '../../wire/expect.ts';
import { announceBlock } from '../../wire/requests.ts';
import { peerCase } from '../case.ts';
import { keyCases } from '../key-cases.ts';
import { expectEachRefused, expectEachRefusedAsWritten, indicesOutside, wrappedIndices } from '../indices-outside.ts';
import { answerNeeds } from '../server-case.ts';

export const fromKnownSender = 'peer.announce.success/known-sender';

/** A block that the subject does not have on the default stage. */
const missingBlock = 5;

/** For a running peer: a sender that it does not know announces a block. */
async function expectStrangerSucceeds(peer: PeerServerStage): Promise<void> {
  const request = { ...peer.validRequests.get('announce_block'), sender_id: `${peer.known}-eve` };
  expectSuccess(await peer.client.ask(request), 'success for an announcement of a stranger');
}

const expectOutsideRefused = (peer: PeerServerStage): Promise<void> =>
  expectEachRefused(peer, indicesOutside(peer.blockCount), (index) =>
    peer.client.ask(announceBlock(peer.known, index)),
  );

const expectWrappedRefused = (peer: PeerServerStage): Promise<void> =>
  expectEachRefusedAsWritten(peer, announceBlock(peer.known, 0), 'block_index', wrappedIndices);

export const announceCases = [
  peerCase(
    'peer.announce.success/known-sender',
    'A known peer announces a block: success.',
    async (peer) => {
      // A peer that has granted a block knows the sender.
      await peer.ready();
      expectSuccess(await peer.client.ask(announceBlock(peer.known, missingBlock)), 'success for an announcement');
    },
    {
      running: async (peer) => {
        await peer.ready();
        expectSuccess(
          await peer.client.ask(peer.validRequests.get('announce_block') ?? {}),
          'success for an announcement',
        );
      },
      needs: [keyCases.answersRead.peer, ...answerNeeds('peer', 'announce_block').slice(0, 2)],
    },
  ),

  peerCase(
    'peer.announce.success/block-that-is-here',
    'A known peer announces twice a block that the subject has: success each time.',
    async (peer) => {
      await peer.ready();
      for (const time of ['an announcement', 'the same announcement again'])
        expectSuccess(
          await peer.client.ask(announceBlock(peer.known, 0)),
          `success for ${time} of a block that is here`,
        );
    },
    { needs: [fromKnownSender] },
  ),

  peerCase(
    'peer.announce.unknown-sender/stranger',
    'A peer that the tracker has never listed announces a block: success, as for a known one.',
    async (peer) => {
      expectSuccess(
        await peer.client.ask(announceBlock('eve', missingBlock)),
        'success for an announcement of a stranger',
      );
    },
    { needs: [fromKnownSender], running: expectStrangerSucceeds },
  ),

  peerCase(
    'peer.announce.out-of-range/minus-one-and-beyond',
    'A known peer announces block -1, block N, the last being N - 1, one far beyond, and one that is 0 in 32 bits: error each time.',
    expectOutsideRefused,
    { needs: [fromKnownSender], running: expectOutsideRefused, sharedBy: 'requests' },
  ),

  peerCase(
    'peer.announce.out-of-range/wraps',
    'A known peer announces blocks whose index is inside the file in 8, 16, 32 or 64 bits only: error each time.',
    expectWrappedRefused,
    {
      needs: ['peer.announce.out-of-range/minus-one-and-beyond'],
    },
  ),
];
