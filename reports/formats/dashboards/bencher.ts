import type { CompareResult } from '../../../schemas/types.ts';
import { metricsOf, type Metric } from './metrics.ts';

/** A value of Bencher's Metric Format. */
interface BencherMetric {
  readonly value: number;
  readonly lower_value?: number;
  readonly upper_value?: number;
}

/** Measures by benchmark and name. */
export type BencherMetrics = Readonly<Record<string, Readonly<Record<string, BencherMetric>>>>;

const nanosecondsPerMs = 1e6;

/**
 * The figures of head in Bencher Metric Format: the built-in measure `latency` in nanoseconds, with the quartiles as bounds,
 * and the custom measure `requests`.
 */
export function bencherMetrics(result: CompareResult): BencherMetrics {
  return Object.fromEntries(
    metricsOf(result).map((metric) => [metric.name, { [measureOf(metric)]: bencherMetric(metric) }]),
  );
}

function measureOf({ kind }: Metric): string {
  return kind === 'time' ? 'latency' : 'requests';
}

function bencherMetric({ kind, value, quartiles }: Metric): BencherMetric {
  const unit = kind === 'time' ? nanosecondsPerMs : 1;
  const bounds = quartiles && { lower_value: quartiles[0] * unit, upper_value: quartiles[1] * unit };
  return { value: value * unit, ...bounds };
}
