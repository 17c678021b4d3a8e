/** How likely a test may raise a false alarm, one-sided; and how likely each bound of an interval may be wrong. */
export const alarmChance = 0.01;

/** Rounds that a verdict needs at least, in which both sides were measured. With eight, a slowdown must be in nearly all. */
export const leastRounds = 8;

/** A slowdown this many times the floor must be ruled out for `same`. */
export const ruledOutFloors = 2;

/**
 * Above this share of CPU time that the host gave to others, in percent, times say nothing. Less than that shows as noise
 * on both sides, since they take turns, and the intervals tell how much of it there is.
 */
export const mostStealPercent = 25;

/** A difference of steal between the two sides up to this, in percent, disturbs no round, however low the floor is. */
export const leastDisturbancePercent = 1;

/** Changes of time below this, in percent, are nobody's business: on loopback, and on shaped links. */
export const defaultFloorPercent = { loopback: 5, shaped: 3 } as const;

/** The same, for micro-benchmarks: the compiler of a runtime alone makes several percent from process to process. */
export const microFloorPercent = 10;
