import { html } from 'ghtml';
import { mean, sum } from 'simple-statistics';
import type { BenchmarkCell } from '../../../schemas/types.ts';
import { countedSamples } from '../../bench/runs.ts';
import { actionReceivers } from './action-table.ts';
import { chartCard, drawing, lineStyle, seriesColour, still, textStyle, values } from '../chart.ts';

/** Requests of each action that a peer sent, per block of the file, so that swarms of different sizes compare. */
export function actionChart(cells: readonly BenchmarkCell[]): string {
  const known = cells.flatMap(({ peers, blocks, samples }) => {
    const messages = countedSamples(samples).flatMap((sample) => sample.peers.flatMap((row) => row.messages ?? []));
    return messages.length === 0 ? [] : { name: `${peers}×${blocks}`, blocks, messages };
  });
  if (known.length === 0) return '';
  const perBlock = (receivers: (typeof actionReceivers)[number][]): number[] =>
    known.map(({ blocks, messages }) => {
      const counts = messages.map((ofPeer) => sum(receivers.map(([action, side]) => ofPeer[side][action])));
      return mean(counts) / blocks;
    });
  const shown: { name: string; data: number[] }[] = [
    ...actionReceivers.slice(0, 4).map((action) => ({ name: action[0], data: perBlock([action]) })),
    { name: 'register, get_peers, peer_offline', data: perBlock(actionReceivers.slice(4)) },
  ];
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
    ({ name }, at) => html`<span><i class="swatch" style="background: ${seriesColour(at)}"></i>${name}</span>`,
  );
  return chartCard(
    'Requests sent by a peer, per block of the file (in the order of the legend)',
    draw,
    legend.join(''),
  );
}
