import { html } from 'ghtml';
import type { BenchmarkCell } from '../../../schemas/types.ts';
import { factor, seconds, size } from '../../figures.ts';
import { swarmFigures } from '../../bench/swarm-figures.ts';
import { trafficTable } from '../../bench/traffic-table.ts';

/** What the relay counted beside messages, a column per cell. */
export function trafficCard(cells: readonly BenchmarkCell[]): string {
  const rows = trafficTable(cells).map(({ name, texts }) => [name, ...texts]);
  return card(['Mean', ...cells.map(cellName)], rows);
}

/** The swarms as wholes, a line per cell. */
export function swarmsCard(cells: readonly BenchmarkCell[]): string {
  const head = [
    'Swarm',
    'All complete (s)',
    'The relay costs',
    'Start-up (s)',
    'CPU, all processes (s)',
    'Peak memory',
  ];
  const rows = cells.map((cell) => {
    const { medianMs, relayCost, startUpMs, cpuMs, peakMemoryBytes } = swarmFigures(cell);
    const memory = peakMemoryBytes === undefined ? '–' : size(peakMemoryBytes);
    return [cellName(cell), inSeconds(medianMs), factor(relayCost), inSeconds(startUpMs), inSeconds(cpuMs), memory];
  });
  return card(head, rows);
}

function card(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return html`<div class="card">
    <div class="scroll">
      <table>
        <thead>
          <tr>
            !${head.map((text) => html`<th>${text}</th>`)}
          </tr>
        </thead>
        <tbody>
          !${rows.map(
            (row) =>
              html`<tr>
                !${row.map((text) => html`<td class="keep">${text}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
  </div>`;
}

function cellName({ peers, blocks }: BenchmarkCell): string {
  return `${peers} × ${blocks}`;
}

function inSeconds(ms: number | undefined): string {
  return seconds(ms === undefined ? undefined : ms / 1000);
}
