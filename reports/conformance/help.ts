import type { ConformanceResult } from '../../schemas/types.ts';
import { plural } from '../figures.ts';

/** A sentence for each accommodation: what the suite did for the program, why, and for how many cases. */
export function helpSentences({ accommodations = [], cases }: ConformanceResult): string[] {
  return accommodations.map(({ id, role, what, because, clause }) => {
    const judged = cases.filter((item) => item.role === role && item.judgedWith?.includes(id)).length;
    return `The ${role} was judged with ${what} in ${plural(judged, 'case')}, because ${because} (${clause}).`;
  });
}
