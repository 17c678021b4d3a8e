import type { Implementation } from '../../launch/manifest/implementation.ts';
import { actualTiming } from '../../launch/manifest/timing.ts';
import type { Case } from '../cases/case.ts';
import { suiteIntervals } from '../stage/context.ts';
import { whySkipped } from './attempt/subject.ts';

/** What a usual case of a quick program takes while others run beside it. */
const usualCaseMs = 1_000;

/**
 * About how long the cases take, in milliseconds, if the program does what they wait for: each of the jobs takes the next case,
 * the longest first.
 */
export function expectedDurationMs(cases: readonly Case[], implementation: Implementation, jobs: number): number {
  const timing = actualTiming(implementation, suiteIntervals);
  const freeAtMs = new Array<number>(jobs).fill(0);
  const played = cases.filter((item) => whySkipped(item, { implementation }) === undefined);
  const durations = played.map(
    ({ thoroughMs }) => timing.startMs + (thoroughMs === undefined ? usualCaseMs + timing.blockMs : thoroughMs(timing)),
  );
  for (const durationMs of durations.sort((a, b) => b - a)) {
    const [firstMs = 0, ...others] = freeAtMs.sort((a, b) => a - b);
    freeAtMs.splice(0, jobs, firstMs + durationMs, ...others);
  }
  return Math.max(...freeAtMs);
}
