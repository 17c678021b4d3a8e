import { html } from 'ghtml';
import type { BenchmarkCell } from '../../../schemas/types.ts';
import { plural } from '../../figures.ts';
import { countedSamples, medianOf, windowsMs } from '../../bench/runs.ts';
import { swarmFigures } from '../../bench/swarm-figures.ts';
import { categories, chartCard, drawing, seriesColour, shapes, still, textStyle, values } from '../chart.ts';

/** The times of a cell's swarms, in seconds. */
interface CellTimes {
  readonly peers: number;
  readonly blocks: number;
  readonly timed: readonly number[];
  /** Of the counting runs, through the relay; empty unless there are timing runs too. */
  readonly counting: readonly number[];
}

type Dimension = 'peers' | 'blocks';

/** The times of the swarms by blocks and by peers: every sample, and a line through the medians. */
export function windowChart(cells: readonly BenchmarkCell[]): string {
  const times = cells.map((cell): CellTimes => {
    const { peers, blocks, relayCost, windowsMs: timed } = swarmFigures(cell);
    const counting = relayCost === undefined ? [] : windowsMs(countedSamples(cell.samples));
    return { peers, blocks, timed: timed.map(toSeconds), counting: counting.map(toSeconds) };
  });
  const shown = times.filter(({ timed }) => timed.length > 0);
  if (shown.length === 0) return '';
  const dimensions = (['blocks', 'peers'] as const).filter(
    (dimension) => new Set(shown.map((cell) => cell[dimension])).size > 1,
  );
  const panels = dimensions.length === 0 ? (['blocks'] as const) : dimensions;
  const hasCounting = shown.some(({ counting }) => counting.length > 0);
  const legend = html`<span
      >each mark is a swarm; the line runs through the medians, the bar from the fastest to the slowest</span
    >
    !${hasCounting ? html`<span>hollow: counting run, through the relay</span>` : ''}`;
  return chartCard('Until all peers were complete', (isNarrow) => panelsOf(shown, panels, isNarrow), legend);
}

function panelsOf(cells: readonly CellTimes[], panels: readonly Dimension[], isNarrow: boolean): string {
  const [width, height] = isNarrow ? [350, 260 * panels.length] : [1000, 320];
  const all = cells.flatMap(({ timed, counting }) => [...timed, ...counting]);
  // On a linear scale, small values would be indistinguishable beside large ones.
  const isLog = Math.max(...all) > 30 * Math.min(...all) && Math.min(...all) > 0;
  const yAxis = { ...values((seconds) => `${seconds} s`), ...(isLog && { type: 'log' as const }) };
  const widthPercent = 100 / panels.length;
  return drawing(
    {
      grid: panels.map((_dimension, at) =>
        isNarrow
          ? { left: 56, right: 64, top: 12 + at * 260, height: 200 }
          : { left: `${at * widthPercent + 5}%`, width: `${widthPercent - 13}%`, top: 12, bottom: 34 },
      ),
      xAxis: panels.map((dimension, at) => ({
        ...categories(distinct(cells, dimension).map(String), dimension),
        gridIndex: at,
      })),
      yAxis: panels.map((_dimension, at) => ({ ...yAxis, gridIndex: at })),
      series: panels.flatMap((dimension, at) => seriesOf(cells, dimension, at)),
    },
    width,
    height,
  );
}

function seriesOf(cells: readonly CellTimes[], dimension: Dimension, panel: number) {
  const other: Dimension = dimension === 'blocks' ? 'peers' : 'blocks';
  const axes = { xAxisIndex: panel, yAxisIndex: panel, ...still };
  return distinct(cells, other).flatMap((value, at) => {
    const color = seriesColour(at);
    const symbol = shapes[at % shapes.length] ?? 'circle';
    const own = cells.filter((cell) => cell[other] === value).sort((a, b) => a[dimension] - b[dimension]);
    const medians = own.map((cell) => [String(cell[dimension]), medianOf(cell.timed) ?? 0] as const);
    const dots = (of: 'timed' | 'counting') =>
      own.flatMap((cell) => cell[of].map((time) => [String(cell[dimension]), time]));
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
      // The label at the end of the line.
      {
        ...axes,
        type: 'scatter',
        symbolSize: 0,
        labelLayout: { moveOverlap: 'shiftY' },
        data: medians.slice(-1).map((point) => ({ value: point, label: name })),
      },
      ...own.map(({ timed, [dimension]: category }) => ({
        ...axes,
        type: 'line',
        symbol: 'none',
        lineStyle: { color, width: 5, opacity: 0.3 },
        data: [Math.min(...timed), Math.max(...timed)].map((time) => [String(category), time]),
      })),
      { ...axes, type: 'scatter', symbol, symbolSize: 9, itemStyle: { color, opacity: 0.75 }, data: dots('timed') },
      {
        ...axes,
        type: 'scatter',
        symbol,
        symbolSize: 9,
        itemStyle: { color: 'none', borderColor: color, borderWidth: 1.5 },
        data: dots('counting'),
      },
    ];
  });
}

function distinct(cells: readonly CellTimes[], dimension: Dimension): number[] {
  return [...new Set(cells.map((cell) => cell[dimension]))].sort((a, b) => a - b);
}

function toSeconds(ms: number): number {
  return ms / 1000;
}
