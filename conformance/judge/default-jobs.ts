import { availableParallelism } from 'node:os';
import type { Implementation } from '../../launch/manifest/implementation.ts';
import { actualTiming } from '../../launch/manifest/timing.ts';
import { suiteIntervals } from '../stage/context.ts';

const maxJobs = 32;

/** How many cases run side by side by default: five per core, as they mostly wait, and more for a program with long timers. */
export function defaultJobs(implementation: Implementation): number {
  const { startMs, unchokeMs, blockMs } = actualTiming(implementation, suiteIntervals);
  const waiting = Math.floor((startMs + unchokeMs + blockMs) / 1_500);
  return Math.min(maxJobs, availableParallelism() * (5 + waiting));
}
