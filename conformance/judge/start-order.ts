import { clauseOf, type Case } from '../cases/case.ts';

/** Groups of clauses whose cases mostly wait for timers of the program. */
const waitingGroups = ['choking', 'dead', 'discovery', 'request-block', 'selection', 'tracker-last', 'wrong-answers'];

/** Alternates cases that wait with cases that compute, so that cores stay busy and no waiting case is left to the end. */
export function startOrder(cases: readonly Case[]): Case[] {
  const waiting = cases.filter(isWaiting);
  const others = cases.filter((item) => !isWaiting(item));
  return cases.flatMap((_, turn) => [waiting[turn], others[turn]]).filter((item) => item !== undefined);
}

function isWaiting(item: Case): boolean {
  const [role, group = ''] = clauseOf(item).id.split('.');
  return role === 'peer' && waitingGroups.includes(group);
}
