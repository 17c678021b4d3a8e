import { UsageError } from '../../launch/usage-error.ts';
import type { Case } from '../cases/case.ts';
import { allCases } from '../cases/index.ts';

/**
 * The cases with these ids; an id may also be that of a clause or of a group of clauses (`tracker.get-peers`). Without ids,
 * all cases. A thorough case is among them if it is named by its own id.
 * @param thorough selects thorough cases like all others
 * @throws UsageError if an id names no case
 */
export function selectCases(ids: readonly string[], thorough = false): Case[] {
  const cases = [...allCases.values()];
  for (const id of ids) {
    const named = cases.filter((item) => matches(item.id, id));
    if (named.length === 0) {
      throw new UsageError(`--case ${JSON.stringify(id)} names no case: minibit conform --list shows all of them.`);
    }
    if (named.every((item) => !isSelected(item, [id], thorough))) {
      throw new UsageError(`--case ${JSON.stringify(id)} names only thorough cases: add --thorough.`);
    }
  }
  return cases.filter((item) => isSelected(item, ids, thorough));
}

function isSelected(item: Case, ids: readonly string[], thorough: boolean): boolean {
  if (ids.includes(item.id)) return true;
  if (item.thoroughMs !== undefined && !thorough) return false;
  return ids.length === 0 || ids.some((id) => matches(item.id, id));
}

function matches(caseId: string, id: string): boolean {
  return caseId === id || caseId.startsWith(`${id}/`) || caseId.startsWith(`${id}.`);
}
