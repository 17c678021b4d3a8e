import { html } from 'ghtml';
import type { CompareResult } from '../../../schemas/types.ts';
import { exitCodes } from '../../../schemas/exit-codes.ts';
import { batchTable, messageTable, microTable, sameMessages, timeTable, type TextTable } from '../../compare/tables.ts';
import { capitalized } from '../../figures.ts';
import type { Highlight } from '../../highlight.ts';
import { htmlTable } from '../table.ts';
import { buildText, exitCodeMeans, methodText, storedWarning } from '../../compare/text.ts';

const highlights: Readonly<Record<CompareResult['exitCode'], Highlight>> = {
  [exitCodes.success]: 'good',
  [exitCodes.failure]: 'bad',
  [exitCodes.noVerdict]: 'warn',
};

/** The verdict of a comparison with its reasons, and the tables that the Markdown summary has. */
export function compareSection(result: CompareResult, id: string): string {
  const { base, head, verdict, exitCode, reasons, evidence, messages } = result;
  const highlight = highlights[exitCode];
  return html`<section id="${id}">
    <h2>Comparison</h2>
    <div class="card banner verdict ${highlight}">
      <strong class="${highlight}">${capitalized(exitCodeMeans[exitCode])}</strong>
      <p>${buildText(head)} against ${buildText(base)}: ${verdict}.</p>
      !${reasons.map((reason) => html`<p>${reason}</p>`)}
    </div>
    <p class="muted">${capitalized(methodText(result))}. ${evidence === 'stored' ? storedWarning : ''}</p>
    !${tableCard(timeTable(result))} !${tableCard(batchTable(result))}
    !${messages.length === 0 ? '' : tableCard(messageTable(result)) || html`<p>${sameMessages}</p>`}
    !${tableCard(microTable(result))}
  </section>`;
}

/** A card with a table; empty without rows. */
function tableCard({ head, rows }: TextTable): string {
  if (rows.length === 0) return '';
  const heads = head.map((text) => html`<th>${text}</th>`);
  const cells = rows.map((row) => row.map((text) => html`<td>${text}</td>`));
  return html`<div class="card">!${htmlTable(heads, cells)}</div>`;
}
