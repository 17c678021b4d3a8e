import type { InteropResult, InteropSwarm } from '../../schemas/types.ts';

/** What the swarms of one tracker with the peers of one implementation came to; `none`: there was no such swarm. */
export interface InteropCell {
  readonly state: InteropSwarm['state'] | 'none';
  /** The numbers of the implementations that are blamed. */
  readonly blamed: readonly number[];
}

/** Rows: whose tracker. Columns: whose other peers. */
export function interopMatrix({ implementations, swarms }: InteropResult): InteropCell[][] {
  return implementations.map((_row, tracker) =>
    implementations.map((_column, other) =>
      interopCell(swarms.filter((swarm) => swarm.tracker === tracker && swarm.other === other)),
    ),
  );
}

/** The gravest of some swarms, and everybody who is blamed in them. */
export function interopCell(swarms: readonly InteropSwarm[]): InteropCell {
  const states = swarms.map(({ state }) => state);
  const state = (['failed', 'stopped', 'ok'] as const).find((one) => states.includes(one)) ?? 'none';
  return { state, blamed: [...new Set(swarms.flatMap(({ failure }) => failure?.blamed ?? []))].sort((a, b) => a - b) };
}

/** In how many swarms each implementation is blamed: most often first, those that never are left out. */
export function blameCounts({ implementations, swarms }: InteropResult): { number: number; swarms: number }[] {
  return implementations
    .map((_one, number) => ({
      number,
      swarms: swarms.filter(({ failure }) => failure?.blamed.includes(number)).length,
    }))
    .filter((count) => count.swarms > 0)
    .sort((a, b) => b.swarms - a.swarms);
}

/** Failures that are alike: the same is blamed for the same. */
export interface FailureGroup {
  readonly first: FailedSwarm;
  readonly others: readonly FailedSwarm[];
}

export type FailedSwarm = InteropSwarm & Required<Pick<InteropSwarm, 'failure'>>;

/** All failures, those that are alike together, in the order of the swarms. */
export function failureGroups({ swarms }: InteropResult): FailureGroup[] {
  const groups = new Map<string, { first: FailedSwarm; others: FailedSwarm[] }>();
  for (const { failure, ...swarm } of swarms) {
    if (!failure) continue;
    const key = JSON.stringify([failure.blamed, failure.clause ?? failure.sentence.replace(/\d+/g, '0')]);
    const group = groups.get(key);
    if (group) group.others.push({ ...swarm, failure });
    else groups.set(key, { first: { ...swarm, failure }, others: [] });
  }
  return [...groups.values()];
}
