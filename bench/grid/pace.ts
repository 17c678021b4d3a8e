import { paperIntervals, type Intervals } from '../../launch/manifest/timing.ts';

/** No pause between blocks; the other intervals stand to each other as in the report's runs (10 s, 15 s, 3 s). */
export const fullSpeed: Intervals = { unchokeMs: 300, infoMs: 450, peersMs: 90, paceMs: 0 };

/** The report's own pace; swarms run side by side, for they are idle nearly always. */
export const paperPace: Intervals = { startMs: 1_000, ...paperIntervals };

/**
 * The report's peers were started by hand, each in a terminal of its own (its section Testes). How far apart, their messages
 * tell: in 5 × 20 the first one sent 12 less than with everybody there, and each loop of 3 s between two starts makes that 10.
 */
export const paperStartGapMs = 2_500;

/** More peers than this on one machine would be busy with nothing but asking each other what they have. */
const largeSwarm = 50;

/**
 * What peers ask each other by the clock grows with the square of their number, and so do these intervals in large swarms.
 * Who is unchoked is decided less often, too: each decision makes everybody ask everybody again.
 */
export function fullSpeedFor(peers: number): Intervals {
  if (peers <= largeSwarm) return fullSpeed;
  const factor = peers / largeSwarm;
  const { unchokeMs, infoMs, peersMs, paceMs } = fullSpeed;
  return {
    unchokeMs: Math.round(unchokeMs * factor),
    infoMs: Math.round(infoMs * factor ** 2),
    peersMs: Math.round(peersMs * factor ** 2),
    paceMs,
  };
}
