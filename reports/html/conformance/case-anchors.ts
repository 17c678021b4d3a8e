import type { ConformanceCase } from '../../../schemas/types.ts';

/**
 * Where on the page each case is shown that has a card: ids of elements, made from places in the list, as ids of cases are
 * text from a file.
 */
export function caseAnchors(cases: readonly ConformanceCase[], section: string): Map<ConformanceCase, string> {
  const withCard = new Map<ConformanceCase, string>();
  for (const [at, item] of cases.entries()) {
    const { verdict, known } = item;
    if (['fail', 'error', 'warn'].includes(verdict) || known !== undefined) withCard.set(item, `${section}-case-${at}`);
  }
  return withCard;
}
