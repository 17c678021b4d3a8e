import { peerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { expectAtMostServed } from '../choking/whole-intervals.ts';
import { stays, swarmOfNewPeers, untilStays, whyItDoesNotStay } from './complete-swarm.ts';

/**
 * The subject is complete after the first of them at the latest. One that chokes nobody again draws five of eight in the second,
 * and serves no more only if it draws the same five in each of the others: with probability (1/56)^3 < 6 · 10^-6.
 */
const intervals = 5;

export const staysAtMostFiveCases = [
  peerCase(
    'peer.stays.at-most-five/eight-known',
    'A complete peer that stays knows eight others: it never serves more than five of them at a time.',
    async (peer) => {
      await untilStays(peer);
      await expectAtMostServed(peer, 5, intervals);
    },
    {
      setup: () => swarmOfNewPeers(8),
      inapplicable: whyItDoesNotStay,
      needs: [stays, 'peer.choking.at-most-five/eight-known', keyCases.grants.peer],
      chance: { falseAlarm: 0, miss: 6e-6 },
    },
  ),
];
