import { html } from 'ghtml';
import type { BenchmarkCell } from '../../../schemas/types.ts';
import { plural } from '../../figures.ts';
import { countedSamples, medianOf, windowsMs } from '../../bench/runs.ts';
import { swarmFigures } from '../../bench/swarm-figures.ts';
import { categories, chartCard, drawing, seriesColour, shapes, still, textStyle, values } from '../chart.ts';

/** A cell with the times of its swarms, in seconds. */
interface Times {
  readonly peers: number;
  readonly blocks: number;
  readonly timed: readonly number[];
  /** With the relay, where the others are without. */
  readonly relayed: readonly number[];
}

type Side = 'peers' | 'blocks';

/** How long the swarms took, by blocks and by peers: every sample, and a line through the medians. */
export function windowChart(cells: readonly BenchmarkCell[]): string {
  const times = cells.map((cell): Times => {
    const { peers, blocks, relayCost, windowsMs: timed } = swarmFigures(cell);
    const relayed = relayCost === undefined ? [] : windowsMs(countedSamples(cell.samples));
    return { peers, blocks, timed: timed.map(inSeconds), relayed: relayed.map(inSeconds) };
  });
  const shown = times.filter(({ timed }) => timed.length > 0);
  if (shown.length === 0) return '';
  const sides = (['blocks', 'peers'] as const).filter((side) => new Set(shown.map((cell) => cell[side])).size > 1);
  const panels = sides.length === 0 ? (['blocks'] as const) : sides;
  const hasRelayed = shown.some(({ relayed }) => relayed.length > 0);
  const legend = html`<span
      >each mark is a swarm; the line runs through the medians, the bar from the fastest to the slowest</span
    >
    !${hasRelayed ? html`<span>hollow: with the relay between all programs</span>` : ''}`;
  return chartCard('Until all peers were complete', (isNarrow) => panelsOf(shown, panels, isNarrow), legend);
}

function panelsOf(cells: readonly Times[], panels: readonly Side[], isNarrow: boolean): string {
  const [width, height] = isNarrow ? [350, 260 * panels.length] : [1000, 320];
  const all = cells.flatMap(({ timed, relayed }) => [...timed, ...relayed]);
  // Values far apart would hide each other on an even scale.
  const isLog = Math.max(...all) > 30 * Math.min(...all) && Math.min(...all) > 0;
  const yAxis = { ...values((seconds) => `${seconds} s`), ...(isLog && { type: 'log' as const }) };
  const share = 100 / panels.length;
  return drawing(
    {
      grid: panels.map((_side, at) =>
        isNarrow
          ? { left: 56, right: 64, top: 12 + at * 260, height: 200 }
          : { left: `${at * share + 5}%`, width: `${share - 13}%`, top: 12, bottom: 34 },
      ),
      xAxis: panels.map((side, at) => ({
        ...categories(distinct(cells, side).map(String), side),
        gridIndex: at,
      })),
      yAxis: panels.map((_side, at) => ({ ...yAxis, gridIndex: at })),
      series: panels.flatMap((side, at) => seriesOf(cells, side, at)),
    },
    width,
    height,
  );
}

function seriesOf(cells: readonly Times[], side: Side, panel: number) {
  const other: Side = side === 'blocks' ? 'peers' : 'blocks';
  const axes = { xAxisIndex: panel, yAxisIndex: panel, ...still };
  return distinct(cells, other).flatMap((value, at) => {
    const color = seriesColour(at);
    const symbol = shapes[at % shapes.length] ?? 'circle';
    const own = cells.filter((cell) => cell[other] === value).sort((a, b) => a[side] - b[side]);
    const medians = own.map((cell) => [String(cell[side]), medianOf(cell.timed) ?? 0] as const);
    const dots = (of: 'timed' | 'relayed') => own.flatMap((cell) => cell[of].map((time) => [String(cell[side]), time]));
    const name = {
      ...textStyle,
      show: true,
      position: 'right',
      distance: 8,
      formatter: plural(value, other.slice(0, -1)),
    };
    return [
      {
        ...axes,
        type: 'line',
        symbol: 'none',
        lineStyle: { color, width: 1.5 },
        data: medians.map((point) => ({ value: point })),
      },
      // The name stands at the end of the line.
      {
        ...axes,
        type: 'scatter',
        symbolSize: 0,
        labelLayout: { moveOverlap: 'shiftY' },
        data: medians.slice(-1).map((point) => ({ value: point, label: name })),
      },
      ...own.map(({ timed, [side]: place }) => ({
        ...axes,
        type: 'line',
        symbol: 'none',
        lineStyle: { color, width: 5, opacity: 0.3 },
        data: [Math.min(...timed), Math.max(...timed)].map((time) => [String(place), time]),
      })),
      { ...axes, type: 'scatter', symbol, symbolSize: 9, itemStyle: { color, opacity: 0.75 }, data: dots('timed') },
      {
        ...axes,
        type: 'scatter',
        symbol,
        symbolSize: 9,
        itemStyle: { color: 'none', borderColor: color, borderWidth: 1.5 },
        data: dots('relayed'),
      },
    ];
  });
}

function distinct(cells: readonly Times[], side: Side): number[] {
  return [...new Set(cells.map((cell) => cell[side]))].sort((a, b) => a - b);
}

function inSeconds(ms: number): number {
  return ms / 1000;
}
