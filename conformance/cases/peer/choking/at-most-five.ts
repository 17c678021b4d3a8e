import type { PeerStage } from '../../../stage/peer-stage.ts';
import { TooSlow } from '../../../violation.ts';
import { peerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { askRounds, expectAtMostServedInTriples, untilRound, untilSettled } from './rounds.ts';
import { expectAtMostServed } from './whole-intervals.ts';
import { bestFourAndFour, refusingSwarm } from './swarm.ts';

/**
 * In so many intervals there are seven recomputations after the first. A subject that never chokes again serves six when it has
 * drawn a second optimistic peer of four: all eight draws are the same with probability 4^-7 < 7 · 10^-5.
 */
const intervals = 8;

/** Lets the tracker list the first five peers, then six, then eight; asks in between and at the end. */
async function expectAtMostFiveServed(peer: PeerStage): Promise<void> {
  const { script } = peer.tracker;
  const entries = peer.peers.map(({ entry }) => entry);
  await untilRound(peer, ({ served }) => served.size === 5, 'blocks for all of five known peers');
  // Only one of these two moments can be so late in an interval that the subject recomputes before the newcomers ask.
  for (const known of [6, 8]) {
    script.draw = () => entries.slice(0, known).slice(-5);
    const triples = expectAtMostServedInTriples(peer, await askRounds(peer, 0.6, 20), 5);
    if (triples === 0) throw new TooSlow('the answers were too slow to ask all peers three times in an interval');
  }
  await untilSettled(peer);
  await expectAtMostServed(peer, 5, intervals);
}

export const atMostFiveCases = [
  peerCase(
    'peer.choking.at-most-five/eight-known',
    'The subject serves five known peers, then learns of three more: it never serves more than five at a time.',
    expectAtMostFiveServed,
    {
      setup: () => {
        const setup = refusingSwarm(bestFourAndFour([2, 3, 4], [5]));
        const peers = setup.peers.map((one, n) => (n < 5 ? one : { ...one, listedBy: 'get_peers' as const }));
        return { ...setup, peers, tracker: { ...setup.tracker, draw: (listed) => listed.slice(0, 5) } };
      },
      needs: [
        'peer.request-block.refuses-choked/eight-known',
        'peer.discovery.periodic/six-known',
        keyCases.grants.peer,
        'peer.choking.optimistic/fifth-that-contributes',
        'peer.choking.recomputed/at-the-interval',
      ],
      chance: { falseAlarm: 0, miss: 7e-5 },
    },
  ),
];
