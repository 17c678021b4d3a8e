/** The signed-rank test of paired differences. */
export interface SignedRank {
  /** The number of ranked differences. */
  readonly ranked: number;
  /** W+: the sum of the ranks of the positive differences. */
  readonly rankSum: number;
  /** The probability of this rank sum or a larger one if the differences are symmetric around 0. */
  readonly pGreater: number;
  /** The probability of this rank sum or a smaller one in that case. */
  readonly pLess: number;
}

/**
 * Wilcoxon's signed-rank test, one-sided in both directions, with exact probabilities. Differences of 0 are dropped, as
 * Wilcoxon did. Equal sizes share the mean of their ranks, and the probabilities are exact for these ranks.
 * Source: F. Wilcoxon, Individual comparisons by ranking methods, Biometrics Bulletin 1 (1945).
 */
export function signedRank(differences: readonly number[]): SignedRank {
  const ranked = differences.filter((difference) => difference !== 0);
  const doubled = doubledRanks(ranked.map(Math.abs));
  const doubledSum = doubled.reduce((sum, rank, at) => sum + ((ranked[at] ?? 0) > 0 ? rank : 0), 0);
  const chances = subsetSumChances(doubled);
  return {
    ranked: ranked.length,
    rankSum: doubledSum / 2,
    pGreater: total(chances.subarray(doubledSum)),
    pLess: total(chances.subarray(0, doubledSum + 1)),
  };
}

/**
 * The critical value: the largest k for which a rank sum of k or less has at most this probability, without ties; -1 if
 * there is none.
 */
export function criticalRankSum(differences: number, chance: number): number {
  const chances = subsetSumChances(Array.from({ length: differences }, (_, at) => at + 1));
  let sum = -1;
  for (let below = chances[0] ?? 1; below <= chance; below += chances[sum + 1] ?? 1) sum++;
  return sum;
}

/** Twice the rank of each size, so that a mean of two ranks is an integer. */
function doubledRanks(sizes: readonly number[]): number[] {
  const sorted = [...sizes].sort((a, b) => a - b);
  return sizes.map((size) => sorted.indexOf(size) + 1 + sorted.lastIndexOf(size) + 1);
}

/** The probability of each sum if each rank is included with probability 1/2; adds one rank after the other. */
function subsetSumChances(ranks: readonly number[]): Float64Array {
  const chances = new Float64Array(ranks.reduce((sum, rank) => sum + rank, 0) + 1);
  chances[0] = 1;
  for (const rank of ranks) {
    for (let sum = chances.length - 1; sum >= 0; sum--) {
      chances[sum] = ((chances[sum] ?? 0) + (chances[sum - rank] ?? 0)) / 2;
    }
  }
  return chances;
}

function total(chances: Float64Array): number {
  return chances.reduce((sum, chance) => sum + chance, 0);
}
