import { reply } from '../../../stage/replies.ts';
import type { Reply, SeenRequest } from '../../../wire/scripted-server.ts';
import { peerCase } from '../../case.ts';
import { anaHasThree, lastBlock, toAll, untilAnnouncedToBia } from './announced.ts';

/** Shorter than any time limit of an exchange. */
const slowMs = 600;

export const lastBlockCases = [
  peerCase(
    'peer.announces.last-block/a-peer-without-blocks',
    'The subject gets its last block: it announces that one, too.',
    async (peer) => {
      await peer.complete();
      await untilAnnouncedToBia(peer, [lastBlock(peer)], 'the last block');
    },
    { setup: anaHasThree, needs: [toAll] },
  ),

  peerCase(
    'peer.announces.last-block/slow-neighbour',
    'A peer takes its time to answer the announcement before the last: the subject announces the last block to it before it leaves.',
    async (peer) => {
      await peer.complete();
      await untilAnnouncedToBia(peer, [lastBlock(peer)], 'the last block');
    },
    {
      setup: () => {
        const { blocks, peers, tracker } = anaHasThree();
        let announcements = 0;
        const specialReply = ({ action }: SeenRequest): Reply | undefined => {
          if (action !== 'announce_block') return undefined;
          announcements += 1;
          return announcements === blocks.length - 1 ? reply({ status: 'success' }, slowMs) : undefined;
        };
        return { blocks, peers: peers.map((one) => (one.id === 'bia' ? { ...one, specialReply } : one)), tracker };
      },
      needs: ['peer.announces.last-block/a-peer-without-blocks'],
    },
  ),
];
