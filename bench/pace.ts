import { reportIntervals, type Intervals } from '../impl/launch/timing.ts';

/** No pause between blocks; the other intervals stand to each other as in the report's runs (10 s, 15 s, 3 s). */
export const fullSpeed: Intervals = { unchokeMs: 300, infoMs: 450, peersMs: 90, paceMs: 0 };

/** The report's own pace; swarms run side by side, for they are idle nearly always. */
export const reportPace: Intervals = { startMs: 1_000, ...reportIntervals };

/** More peers than this on one machine would be busy with nothing but asking each other what they have. */
const largeSwarm = 50;

/** What is asked by the clock grows with the square of the peers, so the intervals of large swarms grow with their number. */
export function fullSpeedFor(peers: number): Intervals {
  if (peers <= largeSwarm) return fullSpeed;
  const { unchokeMs, infoMs, peersMs, paceMs } = fullSpeed;
  const grown = (ms: number): number => Math.round((ms * peers) / largeSwarm);
  return { unchokeMs: grown(unchokeMs), infoMs: grown(infoMs), peersMs: grown(peersMs), paceMs };
}
