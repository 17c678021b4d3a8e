import { html } from 'ghtml';
import type { BenchTable } from '../../bench/table.ts';
import type { Figures } from '../../bench/table-row.ts';
import { count, percent, seconds } from '../../figures.ts';

/** Beyond so many peers their rows are folded. */
const shownAtOnce = 10;

/** The peers of a cell as the report would print them, beside what it printed. */
export function peersTable(table: BenchTable): string {
  const { rows } = table;
  if (rows.length <= shownAtOnce) return tableOf(table, rows);
  return html`!${tableOf(table, [])}
    <details>
      <summary>All ${rows.length} peers</summary>
      !${tableOf(table, rows)}
    </details>`;
}

function tableOf({ isInPaper: inReport, ...table }: BenchTable, shown: BenchTable['rows']): string {
  const isCompared = table.deviation !== undefined;
  const rows = shown.map(({ peerId, measured, report, deviation, lostLoops, failures }) => {
    const failed = [...failures.keys()].map((outcome) => html`<div class="bad">${outcome}</div>`);
    return html`<tr>
      <td>${peerId}${lostLoops ? ' *' : ''}!${failed}</td>
      !${figures(measured)}!${inReport ? figures(report) : ''}!${isCompared ? deviations(deviation) : ''}
    </tr>`;
  });
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th></th>
          <th class="group edge" colspan="3">measured</th>
          !${inReport ? html`<th class="group" colspan="3">report</th>` : ''}
          !${isCompared ? html`<th class="group" colspan="3">deviation</th>` : ''}
        </tr>
        <tr>
          <th>${isCompared ? 'Report' : 'Peer'}</th>
          !${columns}!${inReport ? columns : ''}!${isCompared ? columns.replace(' (s)', '') : ''}
        </tr>
      </thead>
      <tbody>
        !${rows}
      </tbody>
      <tfoot>
        <tr>
          <td>mean</td>
          !${figures(table.measured)}!${inReport ? figures(table.report) : ''}
          !${isCompared ? deviations(table.deviation) : ''}
        </tr>
      </tfoot>
    </table>
  </div>`;
}

const columns = html`<th class="edge">Tempo (s)</th>
  <th>Msg Enviadas</th>
  <th>Msg Recebidas</th>`;

function figures(row: Figures): string {
  return html`<td class="edge">${seconds(row.seconds)}</td>
    <td>${count(row.sent)}</td>
    <td>${count(row.received)}</td>`;
}

function deviations(row: Figures = {}): string {
  return html`<td class="edge keep">${percent(row.seconds)}</td>
    <td class="keep">${percent(row.sent)}</td>
    <td class="keep">${percent(row.received)}</td>`;
}
