import { sampleBlocks } from '../../../stage/sample-blocks.ts';
import { asksForInfosWithinMs } from '../../../time-limits.ts';
import { answerReadAtMs } from '../../../wire/answer-read.ts';
import { peerCase } from '../../case.ts';
import { continuesAfterRegistration, keyCases } from '../../key-cases.ts';
import { noOtherPeer, untilRead } from '../../swarms.ts';
import { expectInTime, longerInterval } from './in-time.ts';

const onePeerWithoutBlocks = 'peer.tracker-last.nobody-has/one-peer-without-blocks';

export const nobodyHasCases = [
  peerCase(
    'peer.tracker-last.nobody-has/one-peer-without-blocks',
    'The only other peer has no blocks: the subject asks the tracker for every block, and the download completes.',
    (peer) => peer.complete(),
    {
      setup: () => ({ ...noOtherPeer(sampleBlocks(6)), peers: [{ id: 'ana', holds: new Set() }] }),
      needs: continuesAfterRegistration,
    },
  ),

  peerCase(
    'peer.tracker-last.nobody-has/alone',
    'There is no other peer: the subject asks the tracker for every block, and the download completes.',
    (peer) => peer.complete(),
    {
      setup: () => noOtherPeer(sampleBlocks(6)),
      needs: [onePeerWithoutBlocks],
    },
  ),

  peerCase(
    'peer.tracker-last.nobody-has/within-an-interval',
    'The only other peer has no blocks: the subject asks the tracker for one block after the other, without a pause of more than an interval.',
    async (peer) => {
      const ana = peer.peer('ana');
      await untilRead(peer, ana, 'have_blocks_info', asksForInfosWithinMs(peer.context.timing));
      await peer.complete();
      let freeMs = Math.min(...ana.seen('have_blocks_info').map(answerReadAtMs));
      for (const request of peer.tracker.seen('request_block_tracker')) {
        expectInTime(peer, freeMs, request.sinceMs, 'a request for a block that no peer has');
        freeMs = Math.max(freeMs, answerReadAtMs(request));
      }
    },
    {
      setup: () => ({
        ...noOtherPeer(sampleBlocks(4)),
        peers: [{ id: 'ana', holds: new Set() }],
        intervals: longerInterval,
      }),
      needs: [onePeerWithoutBlocks, keyCases.asksNewPeersForBlocks],
    },
  ),
];
