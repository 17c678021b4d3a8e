import { availableParallelism } from 'node:os';
import type { Implementation } from '../../launch/manifest/implementation.ts';
import { actualTiming } from '../../launch/manifest/timing.ts';
import { suiteIntervals } from '../stage/context.ts';

const mostJobs = 32;

/**
 * How many cases run side by side if nobody says: five per core, as every case waits for something, and more the longer a
 * program waits for timers of its own.
 */
export function defaultJobs(implementation: Implementation): number {
  const { startMs, unchokeMs, blockMs } = actualTiming(implementation, suiteIntervals);
  const waiting = Math.floor((startMs + unchokeMs + blockMs) / 1_500);
  return Math.min(mostJobs, availableParallelism() * (5 + waiting));
}
