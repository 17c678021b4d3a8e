import { clauseOf, type Case } from '../../conformance/cases/case.ts';
import { suiteIntervals } from '../../conformance/stage/context.ts';
import { clauses } from '../../schemas/clauses.ts';
import type { CaseList } from '../../schemas/types.ts';
import { json } from './json.ts';

/** The cases under their clauses as JSON; without the clauses that none of them checks, unless no case can. */
export function caseListJson(cases: readonly Case[]): string {
  const listed = [...clauses.values()].map((clause) => ({
    ...clause,
    cases: cases.filter((item) => clauseOf(item).id === clause.id).map(listedCase),
  }));
  const list: CaseList = {
    format: 'minibit-cases-1',
    clauses: listed.filter((clause) => clause.cases.length > 0 || clause.excluded !== undefined),
  };
  return json(list);
}

/** How long a thorough case lasts on a program with the suite's intervals, in milliseconds; undefined for another case. */
export function thoroughCaseMs({ thoroughMs }: Case): number | undefined {
  return thoroughMs?.({ startMs: 0, blockMs: 0, ...suiteIntervals });
}

function listedCase(item: Case): CaseList['clauses'][number]['cases'][number] {
  const { id, role, title, needs, chance } = item;
  const thoroughMs = thoroughCaseMs(item);
  return {
    id,
    role,
    title,
    needs: [...needs],
    ...(thoroughMs !== undefined && { thoroughMs }),
    ...(chance && { chance: { ...chance } }),
  };
}
