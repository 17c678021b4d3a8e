import type { ConformanceCase } from '../../schemas/types.ts';
import { clauseOf, type Case } from '../cases/case.ts';

type CaseFacts = Pick<ConformanceCase, 'id' | 'clause' | 'level' | 'role' | 'title' | 'requirement' | 'repro'>;

/** What the result of a case says about the case itself. @param repro the command that reruns it */
export function caseFacts(item: Case, repro: string): CaseFacts {
  const { id: clause, level, text: requirement } = clauseOf(item);
  return { id: item.id, clause, level, role: item.role, title: item.title, requirement, repro };
}
