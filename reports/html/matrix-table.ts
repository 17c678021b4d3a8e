import { html } from 'ghtml';
import type { Highlight } from '../highlight.ts';
import { htmlTable } from './table.ts';

/** A cell of a matrix. */
interface Sign {
  readonly highlight: Highlight;
  readonly text: string;
  readonly title: string;
  /** The id of the element that shows the details. */
  readonly anchor: string | undefined;
}

/** A row of a matrix: its head as markup, and a sign per column; undefined: an empty cell. */
interface SignRow {
  readonly head: string;
  readonly signs: readonly (Sign | undefined)[];
}

/** A matrix whose columns are the implementations, numbered from 1. @param names their names, shown as tooltips */
export function matrixTable(corner: string, names: readonly string[], rows: readonly SignRow[]): string {
  const heads = names.map((name, at) => html`<th class="sign" title="${name}">${at + 1}</th>`);
  return htmlTable(
    [html`<th>${corner}</th>`, ...heads],
    rows.map(({ head, signs }) => [head, ...signs.map(signCell)]),
    'matrix',
  );
}

function signCell(sign: Sign | undefined): string {
  if (sign === undefined) return html`<td></td>`;
  const { highlight, text, title, anchor } = sign;
  const mark = html`<span class="${highlight}">${text}</span>`;
  return html`<td class="sign keep" title="${title}">
    !${anchor === undefined ? mark : html`<a href="#${anchor}">!${mark}</a>`}
  </td>`;
}
