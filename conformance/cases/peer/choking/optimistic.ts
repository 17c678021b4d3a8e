import type { PeerSetup, PeerStage } from '../../../stage/peer-stage.ts';
import { TimedViolation } from '../../../violation.ts';
import { show } from '../../../wire/expect.ts';
import { peerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { hasServed, untilRound, untilSettled } from './rounds.ts';
import { bestFour, bestFourAnd, refusingPeers, refusingSwarm } from './swarm.ts';
import { askWholeIntervals, expectServedThroughout, type Stretch } from './whole-intervals.ts';

const fifthHasNone = (): PeerSetup => refusingSwarm(bestFourAnd([2, 3], { fifth: [] }));

async function untilFifthServed(peer: PeerStage): Promise<void> {
  await untilRound(peer, (round) => hasServed(round, ['fifth']), 'a block for the fifth known peer, which has none');
}

const others = ['other-1', 'other-2', 'other-3'];

/**
 * In so many intervals there are 26 recomputations at least (peer.choking.recomputed). One of three is never drawn in them with
 * probability 3 · (2/3)^26 < 8 · 10^-5. A subject that never draws one of them never passes.
 */
const enoughIntervals = 39;
const eachIsDrawn = { falseAlarm: 8e-5, miss: 0 };

/** Asks until each of the others was served, most often for six intervals. */
async function expectEachDrawn(peer: PeerStage): Promise<void> {
  await untilSettled(peer);
  const missing = (stretches: readonly Stretch[]): string[] =>
    others.filter((id) => !stretches.some((rounds) => rounds.some(({ served }) => served.has(id))));
  const isEnough = (stretches: readonly Stretch[]): boolean => missing(stretches).length === 0;
  const stretches = await askWholeIntervals(peer, enoughIntervals, { isEnough });
  if (isEnough(stretches)) return;
  throw new TimedViolation(
    `each of ${show(others)} served as the optimistic peer within ${enoughIntervals} intervals`,
    `none for ${show(missing(stretches))}`,
  );
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
    'peer.choking.optimistic/lone-without-blocks',
    'The only known peer has no block: the subject serves it, as the optimistic one, in each of three intervals.',
    async (peer) => {
      await untilRound(
        peer,
        (round) => hasServed(round, [peer.known]),
        'a block for the only known peer, which has none',
      );
      await expectServedThroughout(peer, 3, [peer.known]);
    },
    { setup: () => refusingSwarm(refusingPeers({ ana: [] })), needs: [keyCases.grants.peer] },
  ),

  peerCase(
    'peer.choking.optimistic/among-the-others',
    'Four of five known peers have wanted blocks, the fifth has none: the subject serves the fifth in each of seven intervals.',
    async (peer) => {
      await untilSettled(peer);
      await untilFifthServed(peer);
      await expectServedThroughout(peer, 7, ['fifth']);
    },
    {
      setup: fifthHasNone,
      needs: ['peer.choking.optimistic/fifth-of-five'],
      // There are six recomputations after the one that the case has waited for. A draw among all five chooses the fifth in each
      // of them with probability 5^-6 < 7 · 10^-5.
      chance: { falseAlarm: 0, miss: 7e-5 },
    },
  ),

  peerCase(
    'peer.choking.optimistic/drawn-anew',
    'Four of seven known peers have wanted blocks: sooner or later the subject serves each of the other three.',
    expectEachDrawn,
    {
      setup: () => refusingSwarm(bestFourAnd([2, 3, 4], Object.fromEntries(others.map((id) => [id, []])))),
      needs: ['peer.choking.best-four/four-of-eight-have-most'],
      chance: eachIsDrawn,
    },
  ),
];
