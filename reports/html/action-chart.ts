import { html } from 'ghtml';
import { mean } from 'simple-statistics';
import type { BenchmarkCell } from '../../schemas/types.ts';
import { countedSamples } from '../passes.ts';
import { actions } from './bench-actions.ts';
import { chartCard, drawing, lineStyle, seriesColour, still, textStyle, values } from './chart.ts';

/** Requests of each action that a peer sent, per block of the file, so that small swarms compare with large ones. */
export function actionChart(cells: readonly BenchmarkCell[]): string {
  const known = cells.flatMap(({ peers, blocks, samples }) => {
    const messages = countedSamples(samples).flatMap((sample) => sample.peers.flatMap((row) => row.messages ?? []));
    return messages.length === 0 ? [] : { name: `${peers}×${blocks}`, blocks, messages };
  });
  if (known.length === 0) return '';
  const perBlock = actions.map(([action, side]) => ({
    action,
    data: known.map(({ blocks, messages }) => mean(messages.map((counts) => counts[side][action])) / blocks),
  }));
  const shown = perBlock.filter(({ data }) => data.some((value) => value > 0));
  const draw = (isNarrow: boolean): string =>
    drawing(
      {
        grid: { left: 8, right: 24, top: 4, bottom: 4 },
        xAxis: { ...values(String), min: 0 },
        yAxis: {
          type: 'category',
          inverse: true,
          data: known.map(({ name }) => name),
          axisTick: { show: false },
          axisLine: { lineStyle },
          axisLabel: textStyle,
        },
        series: shown.map(({ data }, at) => ({
          ...still,
          type: 'bar',
          stack: 'actions',
          barMaxWidth: 22,
          itemStyle: { color: seriesColour(at), borderColor: 'var(--card)', borderWidth: 1 },
          data,
        })),
      },
      isNarrow ? 350 : 1000,
      40 + known.length * 32,
    );
  const legend = shown.map(
    ({ action }, at) => html`<span><i class="swatch" style="background: ${seriesColour(at)}"></i>${action}</span>`,
  );
  return chartCard('Sent by a peer, per block of the file (in the order of the legend)', draw, legend.join(''));
}
