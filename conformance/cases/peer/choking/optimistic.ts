import { peerCase } from '../../case.ts';
import { show } from '../../../wire/expect.ts';
import type { PeerSetup } from '../../../stage/peer-stage.ts';
import { Violation } from '../../../violation.ts';
import { all, askOncePerInterval, askRounds, expectServed, settle, untilRound } from './rounds.ts';
import { BEST, eightPeers, misers, SERVES, swarm } from './swarm.ts';

const fifthHasNone = (): PeerSetup =>
  swarm(misers({ ...Object.fromEntries(BEST.map((id) => [id, [2, 3]])), none: [] }));

export const peerOptimisticCases = [
  peerCase(
    'peer.choking.optimistic/fifth-of-five',
    'Four of five known peers have wanted blocks, the fifth has none: it is served as well, as the optimistic one.',
    async (peer) => {
      await untilRound(peer, (round) => round.served.has('none'), 'a block for the fifth known peer, who has none');
    },
    { setup: fifthHasNone, needs: [SERVES] },
  ),

  peerCase(
    'peer.choking.optimistic/fifth-that-contributes',
    'Five peers are known, four have two wanted blocks each, the fifth one: it is served as well, as the optimistic one.',
    async (peer) => {
      await untilRound(peer, (round) => all(round, [...BEST, 'fifth']), 'blocks for all of five known peers');
    },
    {
      setup: () => swarm(misers({ ...Object.fromEntries(BEST.map((id) => [id, [2, 3]])), fifth: [2] })),
      needs: [SERVES, 'peer.choking.best-four/four-of-eight-have-most'],
    },
  ),

  peerCase(
    'peer.choking.optimistic/among-the-others',
    'Four of five known peers have wanted blocks, the fifth has none: it is served in each of five intervals.',
    async (peer) => {
      await settle(peer);
      await untilRound(peer, (round) => all(round, ['none']), 'a block for the fifth known peer, who has none');
      // One drawn among all five would be another one than the fifth in one of the intervals with probability 1 - 5^-5.
      expectServed(await askRounds(peer, 5), ['none']);
    },
    { setup: fifthHasNone, needs: ['peer.choking.optimistic/fifth-of-five'] },
  ),

  peerCase(
    'peer.choking.optimistic/drawn-anew',
    'Four of eight known peers have wanted blocks: of the others, more than one is served over twelve intervals.',
    async (peer) => {
      await settle(peer);
      await untilRound(peer, (round) => all(round, BEST), 'blocks for the four that have what is wanted');
      // A uniform draw among four gives the same one eleven times running after the first with probability 4^-11 < 10^-6.
      const rounds = await askOncePerInterval(peer, 12);
      const drawn = new Set(rounds.flatMap(({ served }) => [...served]).filter((id) => !BEST.includes(id)));
      if (drawn.size < 2) throw new Violation('several optimistic peers over twelve intervals', show([...drawn]));
    },
    { setup: () => swarm(eightPeers([2, 3, 4], [])), needs: ['peer.choking.best-four/four-of-eight-have-most'] },
  ),
];
