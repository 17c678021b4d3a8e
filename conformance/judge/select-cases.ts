import { UsageError } from '../../launch/usage-error.ts';
import type { Case } from '../cases/case.ts';
import { allCases } from '../cases/index.ts';

/**
 * The cases with these ids; an id may also be that of a clause or of a group of clauses (`tracker.get-peers`). Without ids,
 * all cases.
 * @throws UsageError if an id names no case
 */
export function selectCases(ids: readonly string[]): Case[] {
  const cases = [...allCases.values()];
  for (const id of ids) {
    if (cases.some((item) => matches(item.id, id))) continue;
    throw new UsageError(`--case ${JSON.stringify(id)} names no case: minibit conform --list shows all of them.`);
  }
  return ids.length === 0 ? cases : cases.filter((item) => ids.some((id) => matches(item.id, id)));
}

function matches(caseId: string, id: string): boolean {
  return caseId === id || caseId.startsWith(`${id}/`) || caseId.startsWith(`${id}.`);
}
