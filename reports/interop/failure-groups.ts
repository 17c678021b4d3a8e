import type { InteropResult, InteropSwarm } from '../../schemas/types.ts';

export type FailedSwarm = InteropSwarm & Required<Pick<InteropSwarm, 'failure'>>;

/** Swarms that failed alike: the same implementations are blamed for the same fault. */
export interface FailureGroup {
  readonly first: FailedSwarm;
  readonly others: readonly FailedSwarm[];
}

/** All failures, grouped, in the order of the swarms. */
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
