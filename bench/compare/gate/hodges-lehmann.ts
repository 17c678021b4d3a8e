import { median } from 'simple-statistics';
import { criticalRankSum } from './signed-rank.ts';

/** An estimate of the centre of some differences, with confidence bounds. */
export interface Centre {
  readonly estimate: number;
  /** The lower bound, with the given confidence; -Infinity for too few differences. */
  readonly least: number;
  /** The upper bound, with the given confidence; Infinity for too few differences. */
  readonly most: number;
}

/**
 * The Hodges-Lehmann estimate, which is the median of the means of all pairs, and the bounds that correspond to the
 * signed-rank test: a test against a centre beyond a bound would reject it.
 * Source: J. L. Hodges, E. L. Lehmann, Estimates of location based on rank tests, Ann. Math. Statist. 34 (1963).
 * @param differences at least one
 * @param chance the probability that one bound alone is wrong, such as 0.01
 */
export function centre(differences: readonly number[], chance: number): Centre {
  const averages = walshAverages(differences);
  const cut = criticalRankSum(differences.length, chance);
  return {
    estimate: median(averages),
    least: cut < 0 ? -Infinity : (averages[cut] ?? -Infinity),
    most: cut < 0 ? Infinity : (averages[averages.length - 1 - cut] ?? Infinity),
  };
}

/** The mean of every pair of values, including each value with itself, in ascending order. */
export function walshAverages(values: readonly number[]): number[] {
  const averages = values.flatMap((value, at) => values.slice(at).map((other) => (value + other) / 2));
  return averages.sort((a, b) => a - b);
}
