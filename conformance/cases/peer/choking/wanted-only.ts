import { peerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { expectBestFourServed } from './best-four.ts';
import { untilSettled } from './rounds.ts';
import { expectAtMostServed } from './whole-intervals.ts';
import { bestFourAndFour, refusingPeers, refusingSwarm } from './swarm.ts';

export const wantedOnlyCases = [
  peerCase(
    'peer.choking.wanted-only/many-blocks-that-are-there',
    'Four peers have one wanted block each, four others six blocks that the subject has, too: the subject serves the first four.',
    (peer) => expectBestFourServed(peer),
    {
      setup: () => refusingSwarm(bestFourAndFour([6], [0, 1, 2, 3, 4, 5]), { initialBlocks: [0, 1, 2, 3, 4, 5] }),
      // The others hold the initial blocks, too, and refuse them.
      needs: [keyCases.grants.peer, 'file.initial-blocks.fetched/two'],
    },
  ),

  peerCase(
    'peer.choking.wanted-only/initial-blocks-that-come-late',
    'Four peers have one wanted block each, four others the two that the tracker grants late: the subject serves the first four.',
    (peer) => expectBestFourServed(peer),
    {
      // A subject that counts the blocks of a have_blocks_info only once, when it arrives, takes the others for the best.
      setup: () => ({
        ...refusingSwarm(bestFourAndFour([6], [0, 1]), { initialAfterMs: 600 }),
        longInfos: true,
      }),
      needs: ['peer.choking.wanted-only/many-blocks-that-are-there'],
    },
  ),

  peerCase(
    'peer.choking.wanted-only/two-that-contribute',
    'Two of eight known peers have a wanted block, the others none: besides the two, the subject serves at most one at a time.',
    async (peer) => {
      await untilSettled(peer);
      await expectAtMostServed(peer, 3, 2);
    },
    {
      setup: () =>
        refusingSwarm(
          refusingPeers({
            a: [6],
            b: [7],
            ...Object.fromEntries(['c', 'd', 'e', 'f', 'g', 'h'].map((id) => [id, []])),
          }),
        ),
      needs: ['peer.choking.at-most-five/eight-known', keyCases.grants.peer],
    },
  ),
];
