import { median } from 'simple-statistics';
import type { BenchmarkSample } from '../../schemas/types.ts';

/** A counting run goes through the relay, a timing run does without. */
export type RunKind = BenchmarkSample['pass'];

/** The samples that times are read from: the timing runs; the counting runs if there are no others. */
export function timedSamples(samples: readonly BenchmarkSample[]): readonly BenchmarkSample[] {
  const timing = samples.filter(({ pass }) => pass === 'timing');
  return timing.length > 0 ? timing : samples;
}

/** The samples that message counts are read from: the counting runs. */
export function countedSamples(samples: readonly BenchmarkSample[]): readonly BenchmarkSample[] {
  return samples.filter(({ pass }) => pass === 'counting');
}

/** Whether the times include the cost of the relay, as there was no timing run. */
export function timesIncludeRelay(samples: readonly BenchmarkSample[]): boolean {
  return !samples.some(({ pass }) => pass === 'timing');
}

/** The times of those swarms in which every peer completed, in milliseconds. */
export function windowsMs(samples: readonly BenchmarkSample[]): number[] {
  return samples.flatMap(({ windowMs }) => windowMs ?? []);
}

/** The cost of the relay as a factor: the median time of the counting runs over that of the timing runs. */
export function relayCost(samples: readonly BenchmarkSample[]): number | undefined {
  if (timesIncludeRelay(samples)) return undefined;
  const counted = medianOf(windowsMs(countedSamples(samples)));
  const timed = medianOf(windowsMs(timedSamples(samples)));
  return counted !== undefined && timed ? counted / timed : undefined;
}

/** The median; undefined without values. */
export function medianOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : median([...values]);
}
