import { html } from 'ghtml';
import { htmlTable } from './table.ts';

/** A card with a table of short texts, which do not wrap. */
export function textCard(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return html`<div class="card">
    !${htmlTable(
      heads.map((text) => html`<th>${text}</th>`),
      rows.map((row) => row.map((text) => html`<td class="keep">${text}</td>`)),
    )}
  </div>`;
}
