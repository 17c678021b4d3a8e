import { mean } from 'simple-statistics';
import type { TimeVerdict } from '../../../schemas/types.ts';
import { centre } from './hodges-lehmann.ts';
import { alarmChance, leastRounds, ruledOutFloors } from './limits.ts';
import { signedRank } from './signed-rank.ts';

export type Change = TimeVerdict['change'];

/** The times of one cell in one round, in milliseconds. */
export interface TimePair {
  readonly baseMs: number;
  readonly headMs: number;
}

/** The mean over the cells of a round of ln(head / base). */
export function logRatio(cells: readonly TimePair[]): number {
  return mean(cells.map(({ baseMs, headMs }) => Math.log(headMs / baseMs)));
}

/**
 * Judges a batch by its rounds' log ratios.
 *
 * `slower`: the signed-rank test is significant (p ≤ 0.01, one-sided), and the estimate is beyond the floor; `faster`
 * likewise. `same`: a slowdown of twice the floor is ruled out with 99 % confidence.
 */
export function judgeTimes(logRatios: readonly number[], floorPercent: number): TimeVerdict {
  const rounds = logRatios.length;
  const { pGreater: pSlower, pLess: pFaster } = signedRank(logRatios);
  if (rounds === 0) return { change: 'cannot tell', rounds, pSlower, pFaster };
  const { estimate, least, most } = centre(logRatios, alarmChance);
  return {
    change: rounds < leastRounds ? 'cannot tell' : changeOf({ estimate, most, pSlower, pFaster }, floorPercent),
    rounds,
    changePercent: percent(estimate),
    ...(Number.isFinite(least) && { leastPercent: percent(least) }),
    ...(Number.isFinite(most) && { mostPercent: percent(most) }),
    pSlower,
    pFaster,
  };
}

interface BatchStatistics {
  readonly estimate: number;
  readonly most: number;
  readonly pSlower: number;
  readonly pFaster: number;
}

function changeOf({ estimate, most, pSlower, pFaster }: BatchStatistics, floorPercent: number): Change {
  const floor = Math.log1p(floorPercent / 100);
  if (pSlower <= alarmChance && estimate > floor) return 'slower';
  if (pFaster <= alarmChance && estimate < -floor) return 'faster';
  return most < Math.log1p((ruledOutFloors * floorPercent) / 100) ? 'same' : 'cannot tell';
}

function percent(logarithm: number): number {
  return 100 * Math.expm1(logarithm);
}

/**
 * The verdict of two batches. A change must be in both; otherwise the second decides alone, since the first was selected
 * for showing a change.
 */
export function confirmed(first: Change, second: Change | undefined): Change {
  if (second === undefined || second === first) return first;
  return needsConfirmation(second) ? 'cannot tell' : second;
}

/** Whether a verdict needs a second batch. */
export function needsConfirmation(change: Change): boolean {
  return change === 'slower' || change === 'faster';
}
