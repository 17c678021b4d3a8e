import type { PeerStage } from '../../../stage/peer-stage.ts';
import { peerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { hasServed, untilRound, untilSettled } from './rounds.ts';
import { bestFour, bestFourAnd, bestFourAndFour, refusingSwarm } from './swarm.ts';
import { expectServedThroughout } from './whole-intervals.ts';

/** Waits until the subject serves the best four; throws a violation unless it goes on to serve them. */
export async function expectBestFourServed(peer: PeerStage, intervals = 2): Promise<void> {
  await untilSettled(peer);
  await untilRound(peer, (round) => hasServed(round, bestFour), 'blocks for the four that have most wanted blocks');
  await expectServedThroughout(peer, intervals, bestFour);
}

const nineOthers = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`other-${n + 1}`, [7]]));

export const bestFourCases = [
  peerCase(
    'peer.choking.best-four/four-of-eight-have-most',
    'Four of eight known peers have six wanted blocks each, the others one: the subject serves the four.',
    (peer) => expectBestFourServed(peer),
    { setup: () => refusingSwarm(bestFourAndFour([2, 3, 4, 5, 6, 7], [7])), needs: [keyCases.grants.peer] },
  ),

  peerCase(
    'peer.choking.best-four/four-of-thirteen-have-most',
    'Four of thirteen known peers have six wanted blocks each, the others one: the subject serves the four in each of six intervals.',
    (peer) => expectBestFourServed(peer, 6),
    {
      setup: () => refusingSwarm(bestFourAnd([2, 3, 4, 5, 6, 7], nineOthers)),
      needs: ['peer.choking.best-four/four-of-eight-have-most'],
      // There are five recomputations after the one that the case has waited for. A subject that draws its four among those that
      // contribute serves the best four with probability 9 / C(13, 5) = 1/143 after each, one that draws them among the best
      // six with 1/15 + 8/15 · 1/9 < 0.13; and 0.13^5 < 4 · 10^-5.
      chance: { falseAlarm: 0, miss: 4e-5 },
    },
  ),

  peerCase(
    'peer.choking.best-four/ten-is-more-than-nine',
    'Four of eight known peers have ten wanted blocks each, the others nine: the subject serves the four.',
    (peer) => expectBestFourServed(peer),
    {
      setup: () => refusingSwarm(bestFourAndFour([2, 3, 4, 5, 6, 7, 8, 9, 10, 11], [3, 4, 5, 6, 7, 8, 9, 10, 11])),
      needs: ['peer.choking.best-four/four-of-eight-have-most'],
    },
  ),
];
