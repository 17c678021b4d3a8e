import type { PeerStage } from '../../../stage/peer-stage.ts';
import { peerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { askRounds, expectAtMostServed, expectAtMostServedInTriples, untilRound, untilSettled } from './rounds.ts';
import { bestFourAndFour, longInterval, refusingSwarm } from './swarm.ts';

/** Lets the tracker list the first five peers, then six, then eight; asks in between and at the end. */
async function expectAtMostFiveServed(peer: PeerStage): Promise<void> {
  const { script } = peer.tracker;
  const entries = peer.peers.map(({ entry }) => entry);
  await untilRound(peer, ({ served }) => served.size === 5, 'blocks for all of five known peers');
  // Only one of these two moments can be so late in an interval that the subject recomputes before the newcomers ask.
  for (const known of [6, 8]) {
    script.draw = () => entries.slice(0, known).slice(-5);
    expectAtMostServedInTriples(peer, await askRounds(peer, 0.6, 20), 5);
  }
  await untilSettled(peer);
  await expectAtMostServed(peer, 5, 4);
}

export const atMostFiveCases = [
  peerCase(
    'peer.choking.at-most-five/eight-known',
    'The subject serves five known peers, then learns of three more: it never serves more than five at a time.',
    expectAtMostFiveServed,
    {
      setup: () => {
        const setup = refusingSwarm(bestFourAndFour([2, 3, 4], [5]), longInterval);
        const peers = setup.peers.map((one, n) => (n < 5 ? one : { ...one, listedBy: 'get_peers' as const }));
        return { ...setup, peers, tracker: { ...setup.tracker, draw: (listed) => listed.slice(0, 5) } };
      },
      needs: [
        'peer.request-block.refuses-choked/eight-known',
        'peer.discovery.periodic/six-known',
        keyCases.grants.peer,
        'peer.choking.optimistic/fifth-that-contributes',
      ],
    },
  ),
];
