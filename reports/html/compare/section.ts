import { html } from 'ghtml';
import type { CompareResult } from '../../../schemas/types.ts';
import { exitCodes } from '../../../schemas/exit-codes.ts';
import { batchTable, messageTable, microTable, sameMessages, timeTable, type TextTable } from '../../compare/tables.ts';
import { buildText, exitCodeMeans, methodText, storedWarning } from '../../compare/text.ts';

const tones: Readonly<Record<CompareResult['exitCode'], string>> = {
  [exitCodes.success]: 'good',
  [exitCodes.failure]: 'bad',
  [exitCodes.noVerdict]: 'warn',
};

/** The verdict of a comparison with its reasons, and the tables that the Markdown summary has. */
export function compareSection(result: CompareResult, id: string): string {
  const { base, head, verdict, exitCode, reasons, evidence, messages } = result;
  const tone = tones[exitCode];
  return html`<section id="${id}">
    <h2>Comparison</h2>
    <div class="card banner verdict ${tone}">
      <strong class="${tone}">${exitCodeMeans[exitCode].replace(/^./, (letter) => letter.toUpperCase())}</strong>
      <p>${buildText(head)} against ${buildText(base)}: ${verdict}.</p>
      !${reasons.map((reason) => html`<p>${reason}</p>`)}
    </div>
    <p class="muted">${methodText(result)}. ${evidence === 'stored' ? storedWarning : ''}</p>
    !${tableCard(timeTable(result))} !${tableCard(batchTable(result))}
    !${messages.length === 0 ? '' : tableCard(messageTable(result)) || html`<p>${sameMessages}</p>`}
    !${tableCard(microTable(result))}
  </section>`;
}

/** A card with a table; empty without rows. */
function tableCard({ head, rows }: TextTable): string {
  if (rows.length === 0) return '';
  const heads = head.map((text) => html`<th>${text}</th>`);
  const lines = rows.map((row) => {
    const cells = row.map((text) => html`<td>${text}</td>`);
    return html`<tr>
      !${cells}
    </tr>`;
  });
  return html`<div class="card">
    <div class="scroll">
      <table>
        <thead>
          <tr>
            !${heads}
          </tr>
        </thead>
        <tbody>
          !${lines}
        </tbody>
      </table>
    </div>
  </div>`;
}
