import type { Case } from '../../cases/case.ts';
import { clauseOf } from '../../cases/case.ts';
import { allCases } from '../../cases/index.ts';
import type { AccommodationId, Manner } from '../../manner/manner.ts';
import { accommodation } from '../accommodations.ts';
import { whySkipped } from '../attempt/subject.ts';
import type { Attempts } from '../attempts.ts';
import { mannerFor, type Standings } from './standings.ts';

/** Whether for the need of each of these accommodations a case fails that is about it, so that this case need not. */
export async function isBlamedElsewhere(
  item: Case,
  manner: Manner,
  attempts: Attempts,
  standings: Standings,
): Promise<boolean> {
  for (const id of manner) {
    if (accommodation(id).clause === clauseOf(item).id) return false;
    if (!(await isShown(id, item.role, attempts, standings))) return false;
  }
  return true;
}

/** Whether the case that is about the need of an accommodation fails. */
async function isShown(
  id: AccommodationId,
  role: Case['role'],
  attempts: Attempts,
  standings: Standings,
): Promise<boolean> {
  const showing = allCases.get(accommodation(id).shownBy(role));
  if (showing === undefined) throw new Error(`Accommodation ${id} is shown by a case that does not exist.`);
  if (whySkipped(showing, attempts.subject) !== undefined) return false;
  const standing = await standings.ofNeeds(showing);
  if ('blockedBy' in standing) return false;
  const { outcome } = await attempts.of(showing, mannerFor(showing, standing.manner));
  return outcome === 'broken' || outcome === 'deviated';
}
