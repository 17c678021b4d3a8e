import type { Timing } from '../../launch/manifest/timing.ts';
import { clauseOf, type Case } from '../cases/case.ts';

/** Groups of clauses whose cases mostly wait for timers of the program. */
const waitingGroups = ['choking', 'dead', 'discovery', 'request-block', 'selection', 'tracker-last', 'wrong-answers'];

/**
 * Thorough cases first, the longest of them before the others. Then alternates cases that wait with cases that compute, so that
 * cores stay busy and no waiting case is left to the end.
 */
export function startOrder(cases: readonly Case[], timing: Timing): Case[] {
  const lastsMs = (item: Case): number => item.thoroughMs?.(timing) ?? 0;
  const thorough = cases.filter(isThorough).sort((a, b) => lastsMs(b) - lastsMs(a));
  const usual = cases.filter((item) => !isThorough(item));
  const waiting = usual.filter(isWaiting);
  const others = usual.filter((item) => !isWaiting(item));
  const alternating = usual.flatMap((_, turn) => [waiting[turn], others[turn]]).filter((item) => item !== undefined);
  return [...thorough, ...alternating];
}

function isThorough({ thoroughMs }: Case): boolean {
  return thoroughMs !== undefined;
}

function isWaiting(item: Case): boolean {
  const [role, group = ''] = clauseOf(item).id.split('.');
  return role === 'peer' && waitingGroups.includes(group);
}
