import type { PeerSetup, PeerStage } from '../../../stage/peer-stage.ts';
import { TimedViolation } from '../../../violation.ts';
import { show } from '../../../wire/expect.ts';
import { peerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { askOncePerInterval, askRounds, expectServed, hasServed, untilRound, untilSettled } from './rounds.ts';
import { bestFour, bestFourAnd, bestFourAndFour, refusingSwarm } from './swarm.ts';

const fifthHasNone = (): PeerSetup => refusingSwarm(bestFourAnd([2, 3], { fifth: [] }));

async function untilFifthServed(peer: PeerStage): Promise<void> {
  await untilRound(peer, (round) => hasServed(round, ['fifth']), 'a block for the fifth known peer, which has none');
}

export const optimisticCases = [
  peerCase(
    'peer.choking.optimistic/fifth-of-five',
    'Four of five known peers have wanted blocks, the fifth has none: the subject serves the fifth, too, as the optimistic one.',
    untilFifthServed,
    { setup: fifthHasNone, needs: [keyCases.grants.peer] },
  ),

  peerCase(
    'peer.choking.optimistic/fifth-that-contributes',
    'Four of five known peers have two wanted blocks each, the fifth has one: the subject serves the fifth, too, as the optimistic one.',
    async (peer) => {
      const all = [...bestFour, 'fifth'];
      await untilRound(peer, (round) => hasServed(round, all), 'blocks for all of five known peers');
    },
    {
      setup: () => refusingSwarm(bestFourAnd([2, 3], { fifth: [2] })),
      needs: [keyCases.grants.peer, 'peer.choking.best-four/four-of-eight-have-most'],
    },
  ),

  peerCase(
    'peer.choking.optimistic/among-the-others',
    'Four of five known peers have wanted blocks, the fifth has none: the subject serves the fifth in each of five intervals.',
    async (peer) => {
      await untilSettled(peer);
      await untilFifthServed(peer);
      // A draw among all five would miss the fifth in one of the intervals with probability 1 - 5^-5.
      expectServed(await askRounds(peer, 5), ['fifth']);
    },
    { setup: fifthHasNone, needs: ['peer.choking.optimistic/fifth-of-five'] },
  ),

  peerCase(
    'peer.choking.optimistic/drawn-anew',
    'Four of eight known peers have wanted blocks: over twelve intervals the subject serves more than one of the others.',
    async (peer) => {
      await untilSettled(peer);
      await untilRound(peer, (round) => hasServed(round, bestFour), 'blocks for the four that have wanted blocks');
      // A uniform draw among four repeats its first result eleven times with probability 4^-11 < 10^-6.
      const rounds = await askOncePerInterval(peer, 12);
      const drawn = new Set(rounds.flatMap(({ served }) => [...served]).filter((id) => !bestFour.includes(id)));
      if (drawn.size < 2) throw new TimedViolation('several optimistic peers over twelve intervals', show([...drawn]));
    },
    {
      setup: () => refusingSwarm(bestFourAndFour([2, 3, 4], [])),
      needs: ['peer.choking.best-four/four-of-eight-have-most'],
    },
  ),
];
