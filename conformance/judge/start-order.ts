import { clauseOf, type Case } from '../cases/case.ts';

/** Clauses whose cases mostly wait for timers of the program: who is unchoked, who is asked next, who is left alone. */
const waitingGroups = ['choking', 'dead', 'discovery', 'request-block', 'selection', 'tracker-last', 'wrong-answers'];

/** Cases that wait and others by turns, so that neither the cores nor the end of a run are left to the waiting ones. */
export function startOrder(cases: readonly Case[]): Case[] {
  const waiting = cases.filter(isWaiting);
  const others = cases.filter((item) => !isWaiting(item));
  return cases.flatMap((_, turn) => [waiting[turn], others[turn]]).filter((item) => item !== undefined);
}

function isWaiting(item: Case): boolean {
  const [role, group = ''] = clauseOf(item).id.split('.');
  return role === 'peer' && waitingGroups.includes(group);
}
