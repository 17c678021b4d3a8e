import { grant, withhold } from '../../stage/replies.ts';
import { sampleBlocks } from '../../stage/sample-blocks.ts';
import type { PeerServerStage } from '../../stage/server-stage.ts';
import { asksForInfosWithinMs, finishesWithinMs } from '../../time-limits.ts';
import { expectSuccess, show } from '../../wire/expect.ts';
import { announceBlock } from '../../wire/requests.ts';
import { peerCase } from '../case.ts';
import { keyCases } from '../key-cases.ts';
import { expectEachRefused, expectEachRefusedAsWritten, indicesOutside, wrappedIndices } from '../indices-outside.ts';
import { answerNeeds } from '../server-case.ts';
import { blockIndex, untilRead } from '../swarms.ts';

const fromKnownSender = 'peer.announce.success/known-sender';

/** A block that the subject does not have on the default stage. */
const missingBlock = 5;

/** A block that only ana has, so that a request for it shows that the subject knows what ana has. */
const heldByAna = 6;

/** For a running peer: a sender that it does not know announces a block. */
async function expectStrangerSucceeds(peer: PeerServerStage): Promise<void> {
  const request = { ...peer.validRequests.get('announce_block'), sender_id: `${peer.known}-eve` };
  expectSuccess(await peer.client.ask(request), 'success for an announcement of a stranger');
}

const expectOutsideRefused = (peer: PeerServerStage): Promise<void> =>
  expectEachRefused(peer, indicesOutside(peer.blockCount), (index) =>
    peer.client.ask(announceBlock(peer.known, index)),
  );

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
    async (peer) => {
      await expectEachRefusedAsWritten(peer, announceBlock(peer.known, 0), 'block_index', wrappedIndices);
    },
    { needs: ['peer.announce.out-of-range/minus-one-and-beyond'], sharedBy: 'requests' },
  ),

  peerCase(
    'peer.announce.counts-holder/asked-for-it',
    'A known peer that has another block announces the one that the tracker refuses: the subject asks that peer for it.',
    async (peer) => {
      const ana = peer.peer('ana');
      const { timing } = peer.context;
      // Only then has it taken in what ana has told it: an answer that it takes in later replaces the announcement.
      await untilRead(peer, ana, 'request_block', finishesWithinMs(timing, peer.blocks.length));
      await untilRead(peer, ana, 'have_blocks_info', asksForInfosWithinMs(timing));
      ana.script.holds.add(missingBlock);
      expectSuccess(await ana.client.ask(announceBlock('ana', missingBlock)), 'success for an announcement');
      await peer.until(
        () => ana.seen('request_block').some((request) => blockIndex(request) === missingBlock),
        // The subject may ask for all other blocks first.
        finishesWithinMs(timing, peer.blocks.length),
        `a request for block ${missingBlock} to ana, its only holder`,
        () => `only ${show(ana.requests.map(({ action }) => action))}`,
      );
    },
    {
      setup: () => {
        const blocks = sampleBlocks(8);
        return {
          blocks,
          peers: [{ id: 'ana', holds: new Set([heldByAna]) }],
          tracker: {
            block: (index) => (index === missingBlock || index === heldByAna ? withhold(index) : grant(index, blocks)),
          },
          longInfos: true,
        };
      },
      needs: [fromKnownSender, keyCases.asksNewPeersForBlocks, keyCases.downloadsFromPeer],
    },
  ),
];
