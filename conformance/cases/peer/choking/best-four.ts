import type { PeerStage } from '../../../stage/peer-stage.ts';
import { peerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { askRounds, expectServed, hasServed, untilRound, untilSettled } from './rounds.ts';
import { bestFour, bestFourAndFour, refusingSwarm } from './swarm.ts';

/** Waits until the subject serves the best four; throws a violation unless it goes on to serve them. */
export async function expectBestFourServed(peer: PeerStage): Promise<void> {
  await untilSettled(peer);
  await untilRound(peer, (round) => hasServed(round, bestFour), 'blocks for the four that have most wanted blocks');
  expectServed(await askRounds(peer, 2), bestFour);
}

export const bestFourCases = [
  peerCase(
    'peer.choking.best-four/four-of-eight-have-most',
    'Four of eight known peers have six wanted blocks each, the others one: the subject serves the four.',
    expectBestFourServed,
    { setup: () => refusingSwarm(bestFourAndFour([2, 3, 4, 5, 6, 7], [7])), needs: [keyCases.grants.peer] },
  ),

  peerCase(
    'peer.choking.best-four/ten-is-more-than-nine',
    'Four of eight known peers have ten wanted blocks each, the others nine: the subject serves the four.',
    expectBestFourServed,
    {
      setup: () => refusingSwarm(bestFourAndFour([2, 3, 4, 5, 6, 7, 8, 9, 10, 11], [3, 4, 5, 6, 7, 8, 9, 10, 11])),
      needs: ['peer.choking.best-four/four-of-eight-have-most'],
    },
  ),
];
