import type { ConformanceCase } from '../../../schemas/types.ts';

/**
 * The element id of each case that has a card. Ids are built from positions in the list, as case ids may be arbitrary
 * text.
 */
export function caseAnchors(cases: readonly ConformanceCase[], section: string): Map<ConformanceCase, string> {
  const anchors = new Map<ConformanceCase, string>();
  for (const [at, item] of cases.entries()) {
    const { verdict, known } = item;
    if (['fail', 'error', 'warn'].includes(verdict) || known !== undefined) anchors.set(item, `${section}-case-${at}`);
  }
  return anchors;
}
