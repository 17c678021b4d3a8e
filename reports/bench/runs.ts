import { median } from 'simple-statistics';
import type { BenchmarkSample } from '../../schemas/types.ts';

export type RunKind = BenchmarkSample['pass'];

/** The samples that times are read from: those without the relay; those with it only where there are no others. */
export function timedSamples(samples: readonly BenchmarkSample[]): readonly BenchmarkSample[] {
  const timing = samples.filter(({ pass }) => pass === 'timing');
  return timing.length > 0 ? timing : samples;
}

/** The samples that counts are read from: those with the relay. */
export function countedSamples(samples: readonly BenchmarkSample[]): readonly BenchmarkSample[] {
  return samples.filter(({ pass }) => pass === 'counting');
}

/** Whether the times hold the cost of the relay, because nothing was run without it. */
export function timesIncludeRelay(samples: readonly BenchmarkSample[]): boolean {
  return !samples.some(({ pass }) => pass === 'timing');
}

/** How long the swarms took, in milliseconds, of those in which every peer became complete. */
export function windowsMs(samples: readonly BenchmarkSample[]): number[] {
  return samples.flatMap(({ windowMs }) => windowMs ?? []);
}

/** What the relay itself costs: the median time with it over the median time without it. */
export function relayCost(samples: readonly BenchmarkSample[]): number | undefined {
  if (timesIncludeRelay(samples)) return undefined;
  const counted = medianOf(windowsMs(countedSamples(samples)));
  const timed = medianOf(windowsMs(timedSamples(samples)));
  return counted !== undefined && timed ? counted / timed : undefined;
}

/** The median, or nothing of nothing. */
export function medianOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : median([...values]);
}
