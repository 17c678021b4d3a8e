import type { AccommodationMade, ConformanceCase } from '../../../schemas/types.ts';
import { accommodations } from '../accommodations.ts';

/** The accommodations with which some of the cases were judged, for each role, in the order of the table. */
export function accommodationsMade(results: readonly ConformanceCase[]): AccommodationMade[] {
  return (['tracker', 'peer'] as const).flatMap((role) => {
    const made = new Set(results.filter((result) => result.role === role).flatMap(({ judgedWith = [] }) => judgedWith));
    return accommodations
      .filter(({ id }) => made.has(id))
      .map(({ id, what, because, clause }) => ({ id, role, what, because, clause }));
  });
}
