import { html } from 'ghtml';
import { paperCell } from '../../../bench/grid/paper-tables.ts';
import type { BenchmarkCell } from '../../../schemas/types.ts';
import type { BenchTable } from '../../bench/table.ts';
import { factor } from '../../figures.ts';
import { timedSamples } from '../../bench/runs.ts';
import { categories, chartCard, drawing, still, textStyle, thinned, values } from '../chart.ts';

const measuredColour = 'var(--accent)';
const paperColour = 'var(--paper)';

type Point = [cell: string, seconds: number];

/**
 * The time of each peer beside the paper's, for the cells that the paper has; empty if none was measured.
 * @param tables those of the cells
 */
export function peerTimesChart(cells: readonly BenchmarkCell[], tables: readonly BenchTable[]): string {
  const shown = cells.filter((_cell, at) => tables[at]?.isInPaper === true);
  const shownTables = tables.filter(({ isInPaper }) => isInPaper);
  if (shownTables.every(({ measured }) => measured.seconds === undefined)) return '';
  const hasFactor = shownTables.some((table) => table.factor !== undefined);
  const legend = html`<span><i class="dot" style="background: var(--accent)"></i>measured peers</span>
    <span><i class="dot" style="border: 1.5px solid var(--paper)"></i>the paper’s peers</span>
    !${hasFactor ? html`<span>×n: how many times faster than the paper</span>` : ''}`;
  return chartCard(
    'Time to the complete file of each peer, beside the paper’s',
    (isNarrow) => (isNarrow ? draw(shown, shownTables, 350, 300) : draw(shown, shownTables, 1000, 340)),
    legend,
  );
}

/** On a logarithmic scale: every peer of every sample (thinned), and every row of the paper. */
function draw(
  cells: readonly BenchmarkCell[],
  tables: readonly BenchTable[],
  widthPx: number,
  heightPx: number,
): string {
  const names = cells.map(({ peers, blocks }) => `${peers}×${blocks}`);
  const measured = cells.flatMap(({ samples }, cell) =>
    thinned(
      timedSamples(samples).flatMap(({ peers }) => peers.flatMap(({ startToCompleteMs }) => startToCompleteMs ?? [])),
    ).flatMap((ms) => point(names[cell], ms)),
  );
  const paper = cells.flatMap(({ peers, blocks }, cell) =>
    (paperCell(peers, blocks)?.rows ?? []).flatMap((row) => point(names[cell], row.seconds * 1000)),
  );
  if (measured.length === 0) return '';

  const points = { type: 'scatter', symbolSize: 9, ...still };
  return drawing(
    {
      grid: { left: 8, right: 8, top: 12, bottom: 4 },
      xAxis: categories(names),
      yAxis: {
        ...values((seconds) => `${seconds} s`),
        type: 'log',
        ...bounds([...measured, ...paper].map(([, seconds]) => seconds)),
      },
      series: [
        { ...points, data: paper, itemStyle: { color: 'none', borderColor: paperColour, borderWidth: 1.5 } },
        { ...points, data: measured, itemStyle: { color: measuredColour, opacity: 0.6 } },
        // One label per cell, under its fastest peer.
        {
          ...points,
          data: cells.flatMap((_cell, at) => label(names[at], measured, factor(tables[at]?.factor))),
          symbolSize: 0,
        },
      ],
    },
    widthPx,
    heightPx,
  );
}

function point(cell: string | undefined, milliseconds: number | undefined): Point[] {
  // The logarithm of zero is undefined.
  return cell === undefined || milliseconds === undefined ? [] : [[cell, Math.max(milliseconds, 1) / 1000]];
}

function label(name: string | undefined, measured: readonly Point[], text: string) {
  const times = measured.filter(([cell]) => cell === name).map(([, seconds]) => seconds);
  if (name === undefined || times.length === 0 || text === '–') return [];
  const style = { ...textStyle, show: true, formatter: text, position: 'bottom' as const, distance: 9 };
  return [{ value: [name, Math.min(...times)] satisfies Point, label: style }];
}

/** Whole decades around the values, with room for a label below the lowest. */
function bounds(seconds: readonly number[]): { min: number; max: number } {
  const lowest = Math.log10(Math.min(...seconds));
  return { min: 10 ** Math.floor(lowest - 0.25), max: 10 ** Math.ceil(Math.log10(Math.max(...seconds))) };
}
