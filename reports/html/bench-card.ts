import { html } from 'ghtml';
import type { BenchmarkCell, PeerRow } from '../../schemas/types.ts';
import type { BenchTable, Figures } from '../bench-table.ts';
import { count, factor, plural, seconds } from '../figures.ts';

/** One cell: its table beside the report's, and below it every sample. */
export function benchCard(cell: BenchmarkCell, table: BenchTable): string {
  const { inReport } = table;
  const faster = html`<span class="muted keep">${factor(table.factor)} the report’s speed</span>`;
  const rows = table.rows.map(({ peerId, measured, report, failures }) => {
    const failed = [...failures.keys()].map((outcome) => html`<div class="bad">${outcome}</div>`);
    return html`<tr>
      <td>${peerId}!${failed}</td>
      !${figures(measured)}!${inReport ? figures(report) : ''}
    </tr>`;
  });
  return html`<div class="card">
    <header>
      <h3 class="keep">${plural(table.peers, 'peer')} · ${plural(table.blocks, 'block')}</h3>
      !${table.factor === undefined ? '' : faster}
    </header>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th></th>
            <th class="group edge" colspan="3">measured</th>
            !${inReport ? html`<th class="group" colspan="3">report</th>` : ''}
          </tr>
          <tr>
            <th>Peer</th>
            !${columns}!${inReport ? columns : ''}
          </tr>
        </thead>
        <tbody>
          !${rows}
        </tbody>
        <tfoot>
          <tr>
            <td>mean</td>
            !${figures(table.measured)}!${inReport ? figures(table.report) : ''}
          </tr>
        </tfoot>
      </table>
    </div>
    !${samples(cell)}
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

function samples({ samples }: BenchmarkCell): string {
  const rows = samples.flatMap(({ peers }, number) => peers.map((row) => sampleRow(number + 1, row)));
  return html`<details>
    <summary>${samples.length === 1 ? 'The sample' : `All ${samples.length} samples`}</summary>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>Sample</th>
            <th class="text">Peer</th>
            <th class="text">Outcome</th>
            <th>Start to complete (s)</th>
            <th>Registration to complete (s)</th>
            <th>Sent</th>
            <th>Received</th>
          </tr>
        </thead>
        <tbody>
          !${rows}
        </tbody>
      </table>
    </div>
  </details>`;
}

function sampleRow(sample: number, row: PeerRow): string {
  const { peerId, outcome, startToCompleteMs, registrationToCompleteMs, messages } = row;
  return html`<tr>
    <td>${sample}</td>
    <td class="text">${peerId}</td>
    <td class="text ${outcome === 'complete' ? '' : 'bad'}">${outcome}</td>
    <td>${inSeconds(startToCompleteMs)}</td>
    <td>${inSeconds(registrationToCompleteMs)}</td>
    <td>${count(messages?.sent)}</td>
    <td>${count(messages?.received)}</td>
  </tr>`;
}

function inSeconds(milliseconds: number | undefined): string {
  return seconds(milliseconds === undefined ? undefined : milliseconds / 1000);
}
