import type { ConformanceCase, ConformanceResult } from '../../schemas/types.ts';
import { caseState, type CaseState } from './verdicts.ts';

/** What the cases of one clause came to, for one implementation. */
export interface MatrixCell {
  /** The gravest of its cases. */
  readonly state: CaseState;
  /** The case that has it. */
  readonly item: ConformanceCase;
}

/** A clause, and a cell per result in their order; undefined: none of its cases was selected. */
export interface MatrixRow {
  readonly clause: string;
  readonly level: ConformanceCase['level'];
  readonly requirement: string;
  readonly cells: readonly (MatrixCell | undefined)[];
}

const byGravity: readonly CaseState[] = ['fail', 'error', 'known', 'warn', 'pass', 'info', 'not-applicable'];

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
    cells: results.map(({ cases }) => gravest(cases.filter((item) => item.clause === clause))),
  }));
}

function gravest(cases: readonly ConformanceCase[]): MatrixCell | undefined {
  return byGravity
    .flatMap((state) => cases.filter((item) => caseState(item) === state).map((item) => ({ state, item })))
    .at(0);
}
