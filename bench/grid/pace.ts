import { paperIntervals, type Intervals } from '../../launch/manifest/timing.ts';

/** No pause between blocks; the other intervals have the same ratios as in the paper's runs (10 s, 15 s, 3 s). */
export const fullSpeed: Intervals = { unchokeMs: 300, infoMs: 450, peersMs: 90, paceMs: 0 };

/** The paper's pace. */
export const paperPace: Intervals = { startMs: 1_000, ...paperIntervals };

/**
 * The paper's peers were started by hand, each in its own terminal (section "Testes"). The gap follows from its messages:
 * at 5 × 20 the first peer sent 12 fewer than if all peers had been there, and a gap of one loop (3 s) makes that 10.
 */
export const paperStartGapMs = 2_500;

/** Above this, the periodic requests at `fullSpeed` would use up the CPU time of one machine. */
const largeSwarm = 50;

/**
 * The number of periodic requests grows with the square of the number of peers, and so do their intervals here. Unchoked
 * peers are recomputed less often too, because each recomputation makes all peers ask each other again.
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
