import { peerCase } from '../case.ts';
import { expectError, expectSuccess, show } from '../../wire/expect.ts';
import { grant, withhold } from '../../stage/replies.ts';
import { sampleBlocks } from '../../stage/sample-blocks.ts';
import type { PeerServerStage } from '../../stage/server-stage.ts';
import { field } from '../../wire/message.ts';
import { announceBlock } from '../../wire/requests.ts';
import { goingOn } from './connections.ts';
import { answerNeeds, basic } from '../wire/server-case.ts';
import { asksForInfosWithinMs, finishesWithinMs } from '../../time-limits.ts';

const announced = 'peer.announce.success/known-sender';

/** A block that the subject has not, as the default stage is set. */
const missing = 5;

/** A stranger is told that its announcement, of a block that the peer has, is fine. */
async function strangerAnnounces(peer: PeerServerStage): Promise<void> {
  const request = { ...peer.validRequests.get('announce_block'), sender_id: `${peer.known}-eve` };
  expectSuccess(await peer.client.ask(request), 'success for an announcement of a stranger');
}

async function expectNoSuchBlocksAnnounced(peer: PeerServerStage): Promise<void> {
  const { blockCount } = peer;
  for (const index of [-1, blockCount, blockCount + 1_000_000, 2 ** 32]) {
    const expected = `status "error" for an announcement of block ${index} of ${blockCount}`;
    expectError(await peer.client.ask(announceBlock(peer.known, index)), expected);
    await peer.serves(`an announcement of block ${index}`);
  }
}

export const peerServerAnnounceCases = [
  peerCase(
    announced,
    'A known peer announces a block: success.',
    async (peer) => {
      // Once it has granted a block, it knows the sender for certain.
      await peer.ready();
      expectSuccess(await peer.client.ask(announceBlock(peer.known, missing)), 'success for an announcement');
    },
    {
      running: async (peer) => {
        await peer.ready();
        expectSuccess(
          await peer.client.ask(peer.validRequests.get('announce_block') ?? {}),
          'success for an announcement',
        );
      },
      needs: [basic.peer, ...answerNeeds('peer', 'announce_block').slice(0, 2)],
    },
  ),

  peerCase(
    'peer.announce.unknown-sender/stranger',
    'A peer that the tracker has never listed announces a block: success, as for a known one.',
    async (peer) => {
      expectSuccess(await peer.client.ask(announceBlock('eve', missing)), 'success for an announcement of a stranger');
    },
    { needs: [announced], running: strangerAnnounces },
  ),

  peerCase(
    'peer.announce.out-of-range/minus-one-and-beyond',
    'A known peer announces block -1, block N, the last being N - 1, one far beyond, and one that is 0 in 32 bits: error each time.',
    expectNoSuchBlocksAnnounced,
    { needs: [announced], running: expectNoSuchBlocksAnnounced },
  ),

  peerCase(
    'peer.announce.counts-holder/asked-for-it',
    'A known peer without blocks announces the only one that the tracker does not give: it is asked for that block.',
    async (peer) => {
      const ana = peer.peer('ana');
      const { timing } = peer.context;
      await peer.until(
        () => ana.seen('have_blocks_info').length > 0,
        asksForInfosWithinMs(timing),
        'a have_blocks_info',
        () => 'none',
      );
      ana.script.holds.add(missing);
      expectSuccess(await ana.client.ask(announceBlock('ana', missing)), 'success for an announcement');
      await peer.until(
        () => ana.seen('request_block').some(({ body }) => field(body, 'block_index') === missing),
        // The others may come first.
        finishesWithinMs(timing, peer.blocks.length),
        `a request for block ${missing} to ana, its only holder`,
        () => `only ${show(ana.requests.map(({ action }) => action))}`,
      );
    },
    {
      setup: () => {
        const blocks = sampleBlocks(8);
        return {
          blocks,
          peers: [{ id: 'ana', holds: new Set() }],
          tracker: { block: (index) => (index === missing ? withhold(index) : grant(index, blocks)) },
          intervals: { infoMs: 60_000 },
        };
      },
      needs: [announced, ...goingOn, 'peer.discovery.infos-on-learning/listed-at-registration'],
    },
  ),
];
