import type { CompareResult } from '../../../schemas/types.ts';
import { metricsOf } from './metrics.ts';

/** An entry of the tool `customSmallerIsBetter` of github-action-benchmark. */
export interface BenchmarkActionEntry {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly range?: string;
}

/** The figures of head for github-action-benchmark; the range is half the interquartile range. */
export function benchmarkAction(result: CompareResult): BenchmarkActionEntry[] {
  return metricsOf(result).map(({ name, kind, value, quartiles }) => ({
    name,
    unit: kind === 'time' ? 'ms' : 'requests',
    value,
    ...(quartiles && { range: `± ${((quartiles[1] - quartiles[0]) / 2).toFixed(1)}` }),
  }));
}
