import { html } from 'ghtml';
import type { BenchmarkCell } from '../../../schemas/types.ts';
import type { BenchTable } from '../../bench/table.ts';
import { cellCaption } from '../../bench/cell-caption.ts';
import { factor, plural } from '../../figures.ts';
import { curveChart } from './curve-chart.ts';
import { peersTable } from './peers-table.ts';
import type { ReplaySwarm } from '../replay/replay-swarm.ts';
import { samplesTable } from './samples-table.ts';

/** One cell: its peers beside the paper's, how the blocks arrived, and every sample. */
export function benchCard(cell: BenchmarkCell, table: BenchTable, swarm: ReplaySwarm | undefined): string {
  const caption = cellCaption(table).replace(/^, /, '');
  const faster = html`<span class="muted keep">${factor(table.factor)} the paper’s speed</span>`;
  return html`<div class="card${table.deviation === undefined ? '' : ' broad'}">
    <header>
      <h3 class="keep">${plural(table.peers, 'peer')} · ${plural(table.blocks, 'block')}</h3>
      !${table.factor === undefined ? '' : faster}
    </header>
    !${caption === '' ? '' : html`<p class="muted">${caption}</p>`} !${peersTable(table)}
    !${swarm === undefined ? '' : curveChart(swarm)} !${samplesTable(cell)}
  </div>`;
}
