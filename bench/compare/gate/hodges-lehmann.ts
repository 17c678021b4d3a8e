import { median } from 'simple-statistics';
import { criticalRankSum } from './signed-rank.ts';

/** Where the centre of some differences is. */
export interface Centre {
  readonly estimate: number;
  /** The centre is above it, with the confidence asked for; -Infinity if there are too few differences to say. */
  readonly least: number;
  /** The centre is below it, with the confidence asked for; Infinity if there are too few differences to say. */
  readonly most: number;
}

/**
 * The Hodges-Lehmann estimate, which is the median of the means of all pairs, and the bounds that belong to the
 * signed-rank test: a test against any centre beyond a bound would reject it.
 * Source: J. L. Hodges, E. L. Lehmann, Estimates of location based on rank tests, Ann. Math. Statist. 34 (1963).
 * @param differences at least one
 * @param chance how likely either bound alone may be wrong, such as 0.01
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

/** The mean of every pair of values, each with itself as well, in order of size. */
export function walshAverages(values: readonly number[]): number[] {
  const averages = values.flatMap((value, at) => values.slice(at).map((other) => (value + other) / 2));
  return averages.sort((a, b) => a - b);
}
