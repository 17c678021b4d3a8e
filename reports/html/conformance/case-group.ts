import { html } from 'ghtml';
import { plural } from '../../figures.ts';
import type { CaseGroup } from '../../conformance/case-groups.ts';
import type { ConformanceCase } from '../../../schemas/types.ts';
import { oneLine } from '../../one-line.ts';

/** The card of the first case of a group, and the others folded below it. */
export function failureGroup({ first, others }: CaseGroup, card: (item: ConformanceCase) => string): string {
  if (others.length === 0) return card(first);
  return html`!${card(first)}
    <details class="card">
      <summary>
        ${plural(others.length, 'more case')} of the same cause: <code>${oneLine(first.cause ?? '')}</code>
      </summary>
      !${others.map(card)}
    </details>`;
}

/** Cases without a verdict that have one reason, folded below it. */
export function unjudgedGroup({ first, others }: CaseGroup, card: (item: ConformanceCase) => string): string {
  if (others.length === 0) return card(first);
  return html`<details class="card">
    <summary>${plural(others.length + 1, 'case')}: ${oneLine(first.message)}</summary>
    !${[first, ...others].map(card)}
  </details>`;
}
