/** The probability of a false alarm, one-sided, and of each bound of an interval to be wrong. */
export const alarmChance = 0.01;

/** A verdict needs this many rounds in which both sides were measured. With eight, almost all must show the slowdown. */
export const leastRounds = 8;

/** The verdict `same` rules out a slowdown of this many floors. */
export const ruledOutFloors = 2;

/**
 * If the host gave more than this percentage of CPU time to other machines, times are useless. Less than that is noise on
 * both sides, since they take turns, and widens the confidence intervals.
 */
export const mostStealPercent = 25;

/** A difference of steal between the sides disturbs a round only above this, in percent, however low the floor is. */
export const leastDisturbancePercent = 1;

/** Smaller changes of time do not matter, in percent: on loopback, and on shaped links. */
export const defaultFloorPercent = { loopback: 5, shaped: 3 } as const;

/** The same for micro-benchmarks: a runtime's compiler alone causes several percent from process to process. */
export const microFloorPercent = 10;
