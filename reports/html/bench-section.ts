import { html } from 'ghtml';
import type { BenchmarkResult } from '../../schemas/types.ts';
import { benchTable } from '../bench-table.ts';
import { benchTroubles } from '../bench-troubles.ts';
import { plural, size } from '../figures.ts';
import { actionTable } from './bench-actions.ts';
import { benchCard } from './bench-card.ts';
import { benchChart } from './bench-chart.ts';

/** The benchmark's part of the page. */
export function benchSection(result: BenchmarkResult, id: string): string {
  const cells = result.cells.filter(({ samples }) => samples.length > 0);
  const cards = cells.map((cell) => benchCard(cell, benchTable(cell, result.options.profile)));
  return html`<section id="${id}">
    <h2>Benchmark</h2>
    !${banner(result)}
    <p class="muted">${setting(result)}</p>
    !${chart(result)}
    <div class="cards">!${cards}</div>
    <h2>Messages by action</h2>
    !${actionTable(cells)}
  </section>`;
}

function banner(result: BenchmarkResult): string {
  const { verdict, interruptedBy, cells, implementation } = result;
  const swarms = cells.reduce((sum, { samples }) => sum + samples.length, 0);
  const good = verdict === 'complete';
  const troubles = benchTroubles(result).map(
    ({ where, what, stderr }) =>
      html`<p><b>${where}</b>: ${what}</p>
        !${stderr === undefined ? '' : html`<pre>${stderr}</pre>`}`,
  );
  const interrupted = interruptedBy === undefined ? '' : html`<p>The run was interrupted by ${interruptedBy}.</p>`;
  return html`<div class="card banner verdict ${good ? 'good' : 'bad'}">
    <strong class="${good ? 'good' : 'bad'}">${good ? 'Complete' : 'Incomplete'}</strong>
    <p>
      ${implementation.name}: ${plural(swarms, 'swarm')} of real processes.
      ${good ? 'Every peer left the original file, byte for byte.' : ''}
    </p>
    !${interrupted}!${troubles}
  </div>`;
}

function setting({ options, timing, roles }: BenchmarkResult): string {
  const { file, window } = options;
  const parts = [
    `${size(file.sizeBytes)} shared (${file.name}; in the report about 11 KB), ${plural(window, 'request')} in flight.`,
    `Peers recompute who is unchoked every ${timing.unchokeMs} ms and wait ${timing.blockMs} ms between blocks; the report's waited 3 s.`,
    'Times run from the start of a peer’s process to its complete, verified file. Messages are counted by a relay between all programs.',
  ];
  if (roles.tracker !== roles.peer) parts.push(`Tracker: ${roles.tracker}; peers: ${roles.peer}.`);
  return parts.join(' ');
}

function chart({ cells }: BenchmarkResult): string {
  const wide = benchChart(cells, 1000, 340);
  if (wide === '') return '';
  const anyReport = cells.some((cell) => benchTable(cell, 'full-speed').inReport);
  const report = html`<span><i class="dot" style="border: 1.5px solid var(--report)"></i>the report’s peers</span>`;
  return html`<figure class="card chart" style="margin: 0 0 16px">
    <header><h3>Time to the complete file, peers × blocks</h3></header>
    <div class="wide">!${wide}</div>
    <div class="narrow">!${benchChart(cells, 350, 300)}</div>
    <figcaption class="legend">
      <span><i class="dot" style="background: var(--accent)"></i>every measured peer</span
      >!${anyReport ? report : ''}!${anyReport ? html`<span>×n: how many times faster than the report</span>` : ''}
    </figcaption>
  </figure>`;
}
