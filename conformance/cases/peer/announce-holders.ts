import type { PeerStage } from '../../stage/peer-stage.ts';
import { grant, reply, withhold } from '../../stage/replies.ts';
import { sampleBlocks } from '../../stage/sample-blocks.ts';
import { answerIsReadWithinMs, asksForInfosWithinMs, finishesWithinMs } from '../../time-limits.ts';
import { expectSuccess, show } from '../../wire/expect.ts';
import { announceBlock } from '../../wire/requests.ts';
import type { Reply, SeenRequest } from '../../wire/scripted-server.ts';
import { peerCase } from '../case.ts';
import { keyCases } from '../key-cases.ts';
import { blockIndex, untilRead } from '../swarms.ts';
import { fromKnownSender } from './announce.ts';

/** A block that the tracker refuses. */
const missingBlock = 5;

/** A block that only ana has, so that a request for it shows that the subject knows what ana has. */
const heldByAna = 6;

/** Blocks that the subject can only get from ana. */
const anasBlocks = [2, 3, 4, 5, 6, 7];

/** How long an answer with blocks_info is under way: the subject takes in an announcement meanwhile. */
const underWayForMs = 400;

/** Ana has one block, and the tracker refuses that one and another. */
const anaHasOne = () => {
  const blocks = sampleBlocks(8);
  return {
    blocks,
    peers: [{ id: 'ana', holds: new Set([heldByAna]) }],
    tracker: {
      block: (index: number) =>
        index === missingBlock || index === heldByAna ? withhold(index) : grant(index, blocks),
    },
    longInfos: true,
  };
};

/** Waits for a request that arrives after that time. */
async function untilMissingIsAsked(peer: PeerStage, sinceMs = 0): Promise<void> {
  const ana = peer.peer('ana');
  const isMeant = (request: SeenRequest): boolean => blockIndex(request) === missingBlock && request.atMs >= sinceMs;
  await peer.until(
    () => ana.seen('request_block').some(isMeant),
    // The subject may ask for all other blocks first.
    finishesWithinMs(peer.context.timing, peer.blocks.length),
    `a request for block ${missingBlock} to ana, its only holder`,
    () => `only ${show(ana.requests.map(({ action }) => action))}`,
  );
}

/** The answer with what ana has now, which arrives later. */
function infosOfAna({ blocks, peers: [ana] }: ReturnType<typeof anaHasOne>): Reply {
  const blocks_info = blocks.map((_, index) => ana?.holds.has(index) === true);
  return reply({ status: 'success', peer_id: 'ana', blocks_info }, underWayForMs);
}

export const announceHoldersCases = [
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
      await untilMissingIsAsked(peer);
    },
    {
      setup: anaHasOne,
      needs: [fromKnownSender, keyCases.asksNewPeersForBlocks, keyCases.downloadsFromPeer],
    },
  ),

  peerCase(
    'peer.announce.counts-holder/infos-under-way',
    'A known peer announces a block after it was asked for its blocks, and its blocks_info, which arrives later, lacks it: the subject asks that peer for it.',
    async (peer) => {
      const ana = peer.peer('ana');
      const { timing } = peer.context;
      await peer.until(
        () => ana.seen('have_blocks_info').length > 0,
        asksForInfosWithinMs(timing),
        'a have_blocks_info to ana',
        () => 'none',
      );
      expectSuccess(await ana.client.ask(announceBlock('ana', missingBlock)), 'success for an announcement');
      // She refuses the block until the answer is there, so that the subject has to ask her again.
      await untilRead(peer, ana, 'have_blocks_info', asksForInfosWithinMs(timing) + underWayForMs);
      // Requests that were on their way before are there by now.
      await peer.context.transcript.watch.until(() => peer.program.exit !== undefined, answerIsReadWithinMs);
      ana.script.holds.add(missingBlock);
      await untilMissingIsAsked(peer, peer.context.transcript.nowMs());
    },
    {
      setup: () => {
        const setup = anaHasOne();
        const specialReply = ({ action }: SeenRequest): Reply | undefined =>
          action === 'have_blocks_info' ? infosOfAna(setup) : undefined;
        return { ...setup, peers: setup.peers.map((one) => ({ ...one, specialReply })) };
      },
      needs: ['peer.announce.counts-holder/asked-for-it'],
    },
  ),

  peerCase(
    'peer.announce.adds/others-remain',
    'During a download a known peer announces one more block: the subject still asks it for all the others.',
    async (peer) => {
      const ana = peer.peer('ana');
      const { timing } = peer.context;
      const asked = (): number[] => ana.seen('request_block').map(blockIndex);
      const limitMs = finishesWithinMs(timing, peer.blocks.length);
      await peer.until(
        () => asked().length > 0,
        limitMs,
        'a request for a block to ana',
        () => 'none',
      );
      expectSuccess(await ana.client.ask(announceBlock('ana', 0)), 'success for an announcement');
      const missing = (): number[] => anasBlocks.filter((index) => !asked().includes(index));
      await peer.until(
        () => missing().length === 0,
        limitMs,
        'a request to ana for each block that only she has',
        () => `none for ${show(missing())}, after she had announced another`,
      );
    },
    {
      setup: () => ({
        // Long enough that the subject has taken in the announcement before it asks for the next block.
        peers: [{ id: 'ana', holds: new Set(anasBlocks), answerAfterMs: 200 }],
        longInfos: true,
      }),
      needs: [fromKnownSender, keyCases.asksHolder],
    },
  ),
];
