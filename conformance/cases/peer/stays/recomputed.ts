import type { PeerStage } from '../../../stage/peer-stage.ts';
import { TimedViolation } from '../../../violation.ts';
import { show } from '../../../wire/expect.ts';
import { peerCase } from '../../case.ts';
import { askWholeIntervals, type Stretch } from '../choking/whole-intervals.ts';
import { stays, swarmOfNewPeers, untilStays, whyItDoesNotStay } from './complete-swarm.ts';

const otherPeers = 12;

/** A peer that recomputed once more when it was complete, and never again, shows two changes. */
const leastChanges = 3;

/**
 * In so many intervals there are ten recomputations at least (peer.choking.recomputed). Each draws the optimistic peer among
 * eight or more, so it draws another with a probability of 7/8 at least, and eight of ten do not with 45 · 8^-8 < 3 · 10^-6.
 */
const enoughIntervals = 15;
const tooFewChanges = { falseAlarm: 3e-6, miss: 0 };

/** How often the peers that are served are others than before; a round during a recomputation does not count. */
function changesIn(stretches: readonly Stretch[]): number {
  const settled = stretches.flatMap((rounds) =>
    rounds.filter((round, n) => n > 0 && servedIn(round) === servedIn(rounds[n - 1])).map(servedIn),
  );
  return settled.filter((served, n) => n > 0 && served !== settled[n - 1]).length;
}

const servedIn = (round: Stretch[number] | undefined): string => show([...(round?.served ?? [])].sort());

async function expectChanges(peer: PeerStage): Promise<void> {
  const isEnough = (stretches: readonly Stretch[]): boolean => changesIn(stretches) >= leastChanges;
  const stretches = await askWholeIntervals(peer, enoughIntervals, { isEnough });
  if (isEnough(stretches)) return;
  const last = show([...(stretches.at(-1)?.at(-1)?.served ?? [])]);
  throw new TimedViolation(
    `others served at least ${leastChanges} times in ${enoughIntervals} intervals of a complete peer`,
    `${changesIn(stretches)} changes; served at last: ${last}`,
  );
}

/** How often a peer is looked at that stays for minutes, and after how long each time. */
const looks = 4;
const betweenLooksMs = 30_000;

export const staysRecomputedCases = [
  peerCase(
    'peer.stays.recomputed/twelve-known',
    'A complete peer that stays knows twelve others: whom it serves changes again and again.',
    async (peer) => {
      await untilStays(peer);
      await expectChanges(peer);
    },
    {
      setup: () => swarmOfNewPeers(otherPeers),
      inapplicable: whyItDoesNotStay,
      needs: [stays, 'peer.stays.at-most-five/eight-known', 'peer.stays.serves/lone-known-peer'],
      chance: tooFewChanges,
    },
  ),

  peerCase(
    'peer.stays.recomputed/for-minutes',
    'A complete peer that stays for minutes knows twelve others: even then whom it serves changes again and again.',
    async (peer) => {
      await untilStays(peer);
      for (let look = 0; look < looks; look++) {
        await peer.context.transcript.watch.until(() => peer.program.exit !== undefined, betweenLooksMs);
        await expectChanges(peer);
      }
    },
    {
      setup: () => swarmOfNewPeers(otherPeers),
      inapplicable: whyItDoesNotStay,
      needs: ['peer.stays.recomputed/twelve-known'],
      thoroughMs: ({ unchokeMs }) => looks * (betweenLooksMs + 4 * unchokeMs),
      // Each of the four looks errs as the one of the case before.
      chance: { falseAlarm: looks * tooFewChanges.falseAlarm, miss: 0 },
    },
  ),
];
