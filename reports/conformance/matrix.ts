import type { ConformanceCase, ConformanceResult } from '../../schemas/types.ts';
import { caseState, type CaseState } from './case-state.ts';

/** The cases of one clause for one implementation. */
interface MatrixCell {
  /** The worst of its cases. */
  readonly state: CaseState;
  /** The first case in that state. */
  readonly item: ConformanceCase;
}

/** A clause with a cell per result, in their order; undefined if none of its cases was selected. */
export interface MatrixRow {
  readonly clause: string;
  readonly level: ConformanceCase['level'];
  readonly requirement: string;
  readonly cells: readonly (MatrixCell | undefined)[];
}

const worstFirst: readonly CaseState[] = ['fail', 'error', 'known', 'warn', 'pass', 'info', 'not-applicable'];

/** Clauses × implementations, in the order of the cases. */
export function conformanceMatrix(results: readonly ConformanceResult[]): MatrixRow[] {
  const clauses = new Map<string, ConformanceCase>();
  for (const { cases } of results) {
    for (const item of cases) if (!clauses.has(item.clause)) clauses.set(item.clause, item);
  }
  return [...clauses.values()].map(({ clause, level, requirement }) => ({
    clause,
    level,
    requirement,
    cells: results.map(({ cases }) => worst(cases.filter((item) => item.clause === clause))),
  }));
}

function worst(cases: readonly ConformanceCase[]): MatrixCell | undefined {
  return worstFirst
    .flatMap((state) => cases.filter((item) => caseState(item) === state).map((item) => ({ state, item })))
    .at(0);
}
