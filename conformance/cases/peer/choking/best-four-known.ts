import type { PeerStage } from '../../../stage/peer-stage.ts';
import { reportsDeadWithinMs } from '../../../time-limits.ts';
import { Inapplicable } from '../../../violation.ts';
import { expectSuccess } from '../../../wire/expect.ts';
import { field } from '../../../wire/message.ts';
import { announceBlock } from '../../../wire/requests.ts';
import { peerCase } from '../../case.ts';
import { expectBestFourServed } from './best-four.ts';
import { hasServed, untilRound, untilSettled } from './rounds.ts';
import { bestFour, bestFourAnd, bestFourAndFour, refusingSwarm } from './swarm.ts';
import { expectServedThroughout } from './whole-intervals.ts';

const nineOthers = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`other-${n + 1}`, [7]]));

/** One of the best four is gone. @throws Inapplicable if the subject does not drop it in time, which is for another clause */
async function untilBestIsDropped(peer: PeerStage): Promise<void> {
  const [dead = ''] = bestFour;
  const entries = peer.peers.filter(({ id }) => id !== dead).map(({ entry }) => entry);
  peer.tracker.script.listed = () => entries;
  peer.peer(dead).leave();
  const isReported = (): boolean =>
    peer.tracker.read('peer_offline').some(({ body }) => field(body, 'dead_peer_id') === dead);
  const hasEnded = (): boolean => peer.program.exit !== undefined;
  await peer.context.transcript.watch.until(() => isReported() || hasEnded(), reportsDeadWithinMs(peer.context.timing));
  if (!isReported()) throw new Inapplicable('it has not reported a dead peer, so that it may know it');
}

/** Strangers announce six wanted blocks each. */
async function announceAsStrangers(peer: PeerStage): Promise<void> {
  for (const id of ['eve-1', 'eve-2', 'eve-3', 'eve-4']) {
    for (const index of [2, 3, 4, 5, 6, 7]) expectSuccess(await peer.client.ask(announceBlock(id, index)));
  }
}

export const bestFourKnownCases = [
  peerCase(
    'peer.choking.best-four/one-is-dead',
    'One of the best four dies, and the subject reports it: it serves the fifth best of the others in each of five intervals.',
    async (peer) => {
      await untilSettled(peer);
      await untilRound(peer, (round) => hasServed(round, bestFour), 'blocks for the four that have most wanted blocks');
      await untilBestIsDropped(peer);
      const best = [...bestFour.slice(1), 'fifth'];
      await untilRound(
        peer,
        (round) => hasServed(round, best),
        'blocks for the four that have most, without the dead one',
      );
      await expectServedThroughout(peer, 5, best);
    },
    {
      setup: () => refusingSwarm(bestFourAnd([2, 3, 4, 5], { fifth: [2, 3, 4], ...nineOthers })),
      needs: ['peer.choking.best-four/four-of-thirteen-have-most', 'peer.dead.reported/nobody-listens'],
      // There are four recomputations after the one that the case has waited for. While a dead peer keeps its slot, the fifth is
      // one of ten among which the optimistic one is drawn: (1/10)^4.
      chance: { falseAlarm: 0, miss: 1e-4 },
    },
  ),

  peerCase(
    'peer.choking.best-four/announcing-strangers',
    'Four peers that the tracker has never listed announce more wanted blocks than any known peer has: the subject serves the best four of the known ones.',
    async (peer) => {
      await announceAsStrangers(peer);
      await expectBestFourServed(peer);
    },
    {
      setup: () => refusingSwarm(bestFourAndFour([2, 3], [7])),
      needs: ['peer.choking.best-four/four-of-eight-have-most', 'peer.announce.unknown-sender/stranger'],
    },
  ),
];
