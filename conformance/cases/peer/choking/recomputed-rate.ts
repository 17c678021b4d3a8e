import { mode } from 'simple-statistics';
import type { PeerSetup, PeerStage } from '../../../stage/peer-stage.ts';
import { TimedViolation, TooSlow } from '../../../violation.ts';
import { peerCase } from '../../case.ts';
import { untilSettled } from './rounds.ts';
import { refusingPeers, refusingSwarm } from './swarm.ts';
import { askWholeIntervals, intervalsOf, type Stretch } from './whole-intervals.ts';

/** None has a block, so that only the optimistic peer is served: a recomputation draws the same again with probability 1/16. */
function sixteenWithoutBlocks(): PeerSetup {
  return refusingSwarm(refusingPeers(Object.fromEntries(Array.from({ length: 16 }, (_, n) => [`peer-${n + 1}`, []]))));
}

/** How many recomputations the rounds show at least: one in each round that serves not the usual number, one in each change. */
function recomputationsIn(stretches: readonly Stretch[]): number {
  if (stretches.length === 0) return 0;
  const usual = mode(stretches.flat().map(({ served }) => served.size));
  let count = 0;
  for (const rounds of stretches) {
    const served = rounds.map((round) => (round.served.size === usual ? [...round.served].sort().join() : undefined));
    for (const [n, ids] of served.entries()) {
      if (ids === undefined || (n > 0 && served[n - 1] !== undefined && served[n - 1] !== ids)) count++;
    }
  }
  return count;
}

/** More than a subject that recomputes in every second interval shows; it may do so at both ends of a stretch. */
const enoughIn = (intervals: number, stretches: number): number => Math.floor(intervals / 2) + stretches + 1;

/** The least number of intervals over which the clause binds, and the most that the case needs. */
const leastIntervals = 6;
const mostIntervals = 96;

/** A subject that shows so few recomputations is refused before. */
const few = { intervals: 24, count: 9 };

/** Pairs of successive rounds per interval, and intervals per stretch: fewer do not show recomputations that come too often. */
const leastPairs = 4;
const leastStretch = 6;

/**
 * False alarm: in 96 intervals there are 64 recomputations at least. Fewer than 50 of them show only if 15 draw the same again:
 * with probability < 10^-5, by the binomial distribution for 1/16. In 24 intervals there are 16, and 7 draw the same again with
 * probability < 3 · 10^-5. A subject that recomputes too often has 24 pairs of rounds in six intervals, and fewer than 15 of
 * them differ only if 10 drew the same: with probability C(24, 10) / 16^10 < 2 · 10^-6. One that recomputes in every second
 * interval, or more seldom, never shows enough.
 */
const rateChance = { falseAlarm: 4e-5, miss: 2e-6 };

/** Watches until it is clear whether the subject recomputes at its interval. @throws TimedViolation if it does not */
async function expectRate(peer: PeerStage): Promise<void> {
  const lasted = (stretches: readonly Stretch[]): number => intervalsOf(stretches, peer.context.timing.unchokeMs);
  const isClear = (all: readonly Stretch[]): boolean => {
    const stretches = all.filter((rounds) => rounds.length > 1);
    const [intervals, count] = [lasted(stretches), recomputationsIn(stretches)];
    if (intervals >= few.intervals && count <= few.count) return true;
    return intervals >= leastIntervals && count >= enoughIn(intervals, stretches.length);
  };
  const seen = await askWholeIntervals(peer, mostIntervals, { perInterval: 6, isEnough: isClear });
  const stretches = seen.filter((rounds) => rounds.length > 1);
  const [intervals, count] = [lasted(stretches), recomputationsIn(stretches)];
  const actual = `${count} in ${intervals.toFixed(1)} intervals`;
  if (count > 2 * (intervals + stretches.length))
    throw new TimedViolation('at most two recomputations per interval', `at least ${actual}`);
  if (count < enoughIn(intervals, 1))
    throw new TimedViolation('a recomputation once in 1.5 intervals at least', actual);
  const pairs = stretches.flat().length - stretches.length;
  if (pairs < leastPairs * intervals || stretches.length * leastStretch > intervals)
    throw new TooSlow('the answers were too slow to ask all peers several times in each interval');
}

/** Many intervals, in windows that are judged one by one. */
const windows = 4;
const windowIntervals = 50;

/**
 * In a window there are 33 recomputations at least. Fewer than 24 of them show if 10 draw the same again: with probability
 * < 2.3 · 10^-5, by the binomial distribution for 1/16.
 */
const enoughInWindow = 24;

async function expectRateGoesOn(peer: PeerStage): Promise<void> {
  await untilSettled(peer);
  for (let window = 1; window <= windows; window++) {
    const count = recomputationsIn(await askWholeIntervals(peer, windowIntervals, { perInterval: 6 }));
    if (count >= enoughInWindow) continue;
    const where = `of the intervals ${(window - 1) * windowIntervals + 1} to ${window * windowIntervals}`;
    throw new TimedViolation(`a recomputation once in 1.5 ${where} at least`, `${count} seen`);
  }
}

export const recomputedRateCases = [
  peerCase(
    'peer.choking.recomputed/at-the-interval',
    'None of sixteen known peers has a block: the subject serves another one once in 1.5 intervals at least, and at most twice in one.',
    async (peer) => {
      await untilSettled(peer);
      await expectRate(peer);
    },
    {
      setup: sixteenWithoutBlocks,
      needs: ['peer.choking.optimistic/lone-without-blocks'],
      chance: rateChance,
    },
  ),

  peerCase(
    'peer.choking.recomputed/many-intervals',
    'None of sixteen known peers has a block: the subject serves another one once in 1.5 intervals at least, over two hundred intervals.',
    expectRateGoesOn,
    {
      setup: sixteenWithoutBlocks,
      needs: ['peer.choking.recomputed/at-the-interval'],
      thoroughMs: ({ unchokeMs }) => windows * windowIntervals * unchokeMs,
      // Four windows, each of which errs as said above; a period that grows beyond two intervals always shows.
      chance: { falseAlarm: 9.2e-5, miss: 0 },
    },
  ),
];
