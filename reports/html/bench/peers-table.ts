import { html } from 'ghtml';
import type { BenchTable } from '../../bench/table.ts';
import { deviationTexts, figureHeads, figureTexts } from '../../bench/table-row.ts';

/** More rows than this are folded. */
const maxOpenRows = 10;

/** The peers of a cell in the paper's columns, beside the paper's figures. */
export function peersTable(table: BenchTable): string {
  const { rows } = table;
  if (rows.length <= maxOpenRows) return tableOf(table, rows);
  return html`!${tableOf(table, [])}
    <details>
      <summary>All ${rows.length} peers</summary>
      !${tableOf(table, rows)}
    </details>`;
}

function tableOf({ isInPaper, ...table }: BenchTable, shown: BenchTable['rows']): string {
  const isCompared = table.deviation !== undefined;
  const figures = ({ measured, paper, deviation }: Pick<BenchTable, 'measured' | 'paper'> & Deviation): string[] => [
    ...group(figureTexts(measured)),
    ...(isInPaper ? group(figureTexts(paper)) : []),
    ...(isCompared ? group(deviationTexts(deviation), 'keep') : []),
  ];
  const heads = columnHeads(figureHeads);
  const rows = shown.map((row) => {
    const failed = [...row.failures.keys()].map((outcome) => html`<div class="bad">${outcome}</div>`);
    return html`<tr>
      <td>${row.peerId}${row.lostLoops ? ' *' : ''}!${failed}</td>
      !${figures(row)}
    </tr>`;
  });
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th></th>
          <th class="group edge" colspan="3">measured</th>
          !${isInPaper ? html`<th class="group" colspan="3">paper</th>` : ''}
          !${isCompared ? html`<th class="group" colspan="3">deviation</th>` : ''}
        </tr>
        <tr>
          <th>${isCompared ? 'Paper' : 'Peer'}</th>
          !${heads}!${isInPaper ? heads : ''}
          !${isCompared ? columnHeads(figureHeads.map((name) => name.replace(' (s)', ''))) : ''}
        </tr>
      </thead>
      <tbody>
        !${rows}
      </tbody>
      <tfoot>
        <tr>
          <td>mean</td>
          !${figures(table)}
        </tr>
      </tfoot>
    </table>
  </div>`;
}

type Deviation = { readonly deviation?: BenchTable['deviation'] };

function columnHeads(names: readonly string[]): string[] {
  return names.map((name, at) => html`<th class="${at === 0 ? 'edge' : ''}">${name}</th>`);
}

/** The cells of a group of columns. */
function group(texts: readonly string[], className = ''): string[] {
  return texts.map((text, at) => html`<td class="${at === 0 ? 'edge ' : ''}${className}">${text}</td>`);
}
