import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** The source of random numbers. It is passed in, so that the same seed gives the same run. */
export interface Random {
  /** A uniformly distributed integer from 0 to `limit` − 1. `limit` is at least 1. */
  below(limit: number): number;
}

/** A generator that gives the same numbers for the same seed (an integer). */
export function seededRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  return { below: (limit) => uniformInt(generator, 0, limit - 1) };
}

/** Shuffles the items in place. */
export function shuffle<T>(items: T[], random: Random): T[] {
  for (let end = items.length - 1; end > 0; end--) swap(items, end, random.below(end + 1));
  return items;
}

/** Draws `count` distinct items, uniformly, in time that depends on `count` alone. Reorders `items`. */
export function sample<T>(items: T[], count: number, random: Random): T[] {
  const drawn = Math.min(count, items.length);
  for (let start = 0; start < drawn; start++) swap(items, start, start + random.below(items.length - start));
  return items.slice(0, drawn);
}

function swap(items: unknown[], one: number, other: number): void {
  const item = items[one];
  items[one] = items[other];
  items[other] = item;
}
