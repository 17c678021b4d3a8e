import { html } from 'ghtml';
import { inSeconds, plural } from '../../figures.ts';
import { drawing, seriesColour, shapes, still, textStyle, values } from '../chart.ts';
import type { ReplaySwarm } from '../replay/replay-swarm.ts';

const points = 100;

/** How many blocks each peer of a swarm had over time. */
export function curveChart(swarm: ReplaySwarm): string {
  const { peerIds, blocks, endMs } = swarm;
  const isFew = peerIds.length <= shapes.length;
  const curves = downloadCurves(swarm);
  const svg = drawing(
    {
      grid: { left: 8, right: 12, top: 12, bottom: 4 },
      xAxis: {
        ...values((time) => `${time} s`),
        max: endMs / 1000,
        axisLine: { show: true, lineStyle: { color: 'var(--line)' } },
        splitLine: { show: false },
        axisLabel: { ...textStyle, formatter: (time: number) => `${Number(time.toPrecision(3))} s`, hideOverlap: true },
      },
      yAxis: { ...values(String), max: blocks },
      series: curves.map((data, peer) => ({
        ...still,
        type: 'line',
        symbol: 'none',
        lineStyle: {
          color: isFew ? seriesColour(peer) : 'var(--accent)',
          opacity: isFew ? 1 : Math.max(0.15, 5 / peerIds.length),
          width: 1.5,
          type: isFew ? ([5 + peer * 4, peer * 2] as const) : 'solid',
        },
        data,
      })),
    },
    480,
    220,
  );
  const names = isFew
    ? peerIds.map((id, at) => html`<span><i class="dash" style="background: ${seriesColour(at)}"></i>${id}</span>`)
    : [html`<span>${plural(peerIds.length, 'peer')}, a line each</span>`];
  return html`<figure class="chart curves">
    <figcaption class="muted">Blocks over time, ${swarm.name.split(', ')[1] ?? ''} (${inSeconds(endMs)} s)</figcaption>
    !${svg}
    <div class="legend">!${names}</div>
  </figure>`;
}

/** How many different blocks each peer had, at evenly spaced times. */
export function downloadCurves({
  peerIds,
  blocks,
  endMs,
  atMs,
  to,
  block,
}: ReplaySwarm): [seconds: number, held: number][][] {
  const held = peerIds.map(() => 0);
  const seen = new Set<number>();
  const curves = peerIds.map((): [number, number][] => []);
  let at = 0;
  for (let point = 0; point <= points; point++) {
    const timeMs = (endMs * point) / points;
    for (; at < atMs.length && (atMs[at] ?? 0) <= timeMs; at++) {
      const [peer = 0, index = 0] = [to[at], block[at]];
      if (seen.has(peer * blocks + index)) continue;
      seen.add(peer * blocks + index);
      held[peer] = (held[peer] ?? 0) + 1;
    }
    for (const [peer, curve] of curves.entries()) curve.push([timeMs / 1000, held[peer] ?? 0]);
  }
  return curves;
}
