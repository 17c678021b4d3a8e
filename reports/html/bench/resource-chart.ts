import { html } from 'ghtml';
import type { BenchmarkCell, Resources } from '../../../schemas/types.ts';
import { size } from '../../figures.ts';
import { timedSamples } from '../../bench/runs.ts';
import { categories, chartCard, drawing, still, thinned, values } from '../chart.ts';

const panels = [
  { field: 'cpuMs', name: 'CPU time', format: (ms: number): string => `${ms / 1000} s` },
  { field: 'peakMemoryBytes', name: 'peak memory', format: size },
] as const;

/** CPU time and peak memory of every process, by cell. */
export function resourceChart(cells: readonly BenchmarkCell[]): string {
  const known = cells.filter(({ samples }) => timedSamples(samples).some(({ tracker }) => tracker !== undefined));
  if (known.length === 0) return '';
  const legend = html`<span><i class="dot" style="background: var(--accent)"></i>a peer</span>
    <span><i class="square" style="background: var(--paper)"></i>the tracker</span>`;
  return chartCard('CPU time and peak memory of each process', (isNarrow) => draw(known, isNarrow), legend);
}

function draw(cells: readonly BenchmarkCell[], isNarrow: boolean): string {
  const names = cells.map(({ peers, blocks }) => `${peers}×${blocks}`);
  return drawing(
    {
      grid: panels.map((_panel, at) =>
        isNarrow
          ? { left: 64, right: 8, top: 12 + at * 240, height: 190 }
          : { left: `${at * 50 + 6}%`, width: '42%', top: 12, bottom: 34 },
      ),
      xAxis: panels.map(({ name }, at) => ({ ...categories(names, name), gridIndex: at })),
      yAxis: panels.map(({ format }, at) => ({ ...values(format), gridIndex: at })),
      series: panels.flatMap(({ field }, at) => {
        const axes = { type: 'scatter', xAxisIndex: at, yAxisIndex: at, ...still };
        const points = (of: (cell: BenchmarkCell) => (Resources | undefined)[]) =>
          cells.flatMap((cell, index) =>
            thinned(of(cell).flatMap((used) => used?.[field] ?? [])).map((value) => [names[index] ?? '', value]),
          );
        const peers = points(({ samples }) =>
          timedSamples(samples).flatMap((sample) => sample.peers.map(({ resources }) => resources)),
        );
        const trackers = points(({ samples }) => timedSamples(samples).map(({ tracker }) => tracker));
        return [
          {
            ...axes,
            symbol: 'circle',
            symbolSize: 8,
            itemStyle: { color: 'var(--accent)', opacity: 0.5 },
            data: peers,
          },
          { ...axes, symbol: 'rect', symbolSize: 8, itemStyle: { color: 'var(--paper)' }, data: trackers },
        ];
      }),
    },
    isNarrow ? 350 : 1000,
    isNarrow ? 480 : 290,
  );
}
