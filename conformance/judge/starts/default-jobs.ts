import { availableParallelism } from 'node:os';
import type { Implementation } from '../../../launch/manifest/implementation.ts';
import { actualTiming } from '../../../launch/manifest/timing.ts';
import { suiteIntervals } from '../../stage/context.ts';
import type { StartTimes } from './start-times.ts';

const maxJobs = 32;
const perCore = 5;
/** What a case takes besides the start of its program: processor time of the suite, and waiting. */
const suiteCpuMs = 100;
const shortWaitMs = 1_000;

/**
 * How many cases run side by side by default: five per core, as they mostly wait, and more for a program with long timers;
 * but only as many as the processors can start, if it is known what a start takes.
 */
export function defaultJobs(implementation: Implementation, start?: StartTimes): number {
  const { startMs, unchokeMs, blockMs } = actualTiming(implementation, suiteIntervals);
  const waitMs = startMs + unchokeMs + blockMs;
  const waiting = Math.floor(waitMs / 1_500);
  const started = start === undefined ? Infinity : 1 + (shortWaitMs + waitMs) / (start.cpuMs + suiteCpuMs);
  return Math.min(maxJobs, Math.floor(availableParallelism() * Math.min(perCore + waiting, started)));
}
