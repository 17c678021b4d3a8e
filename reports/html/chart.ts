import { html } from 'ghtml';
import { BarChart, LineChart, ScatterChart } from 'echarts/charts';
import { GridComponent } from 'echarts/components';
import { init, use, type EChartsCoreOption } from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, LineChart, ScatterChart, GridComponent, LabelLayout, SVGRenderer]);

// The page's own colours, so that one drawing works in light and dark.
export const textStyle = { color: 'var(--muted)', fontFamily: 'inherit', fontSize: 12 };
export const lineStyle = { color: 'var(--line)' };

/** Symbols that distinguish series besides their colours. */
export const shapes = ['circle', 'rect', 'triangle', 'diamond', 'pin', 'arrow'] as const;

/** The colour of the n-th series. */
export function seriesColour(at: number): string {
  return `var(--series-${(at % shapes.length) + 1})`;
}

/** Settings of every series, as drawings are static. */
export const still = { silent: true, animation: false, emphasis: { disabled: true } } as const;

/** A category axis along the bottom. */
export function categories(data: readonly string[], name = '') {
  return {
    type: 'category' as const,
    data: [...data],
    name,
    nameLocation: 'middle' as const,
    nameGap: 26,
    nameTextStyle: textStyle,
    axisTick: { show: false },
    axisLine: { lineStyle },
    axisLabel: { ...textStyle, interval: data.length > 8 ? 'auto' : 0, hideOverlap: true },
  };
}

/** An axis of values along the side. */
export function values(formatter: (value: number) => string) {
  return { type: 'value' as const, axisLabel: { ...textStyle, formatter }, splitLine: { lineStyle } };
}

/** A drawing as an SVG element. */
export function drawing(option: EChartsCoreOption, widthPx: number, heightPx: number): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width: widthPx, height: heightPx });
  chart.setOption({ animation: false, ...option });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

/** A drawing with its heading and legend (markup), once for wide and once for narrow screens. */
export function chartCard(title: string, draw: (isNarrow: boolean) => string, legend: string): string {
  return html`<figure class="card chart">
    <header><h3>${title}</h3></header>
    <div class="wide">!${draw(false)}</div>
    <div class="narrow">!${draw(true)}</div>
    <figcaption class="legend">!${legend}</figcaption>
  </figure>`;
}

/** At most `most` values, evenly picked from the sorted ones, as more dots would hide each other. */
export function thinned(numbers: readonly number[], most = 120): number[] {
  const sorted = [...numbers].sort((a, b) => a - b);
  if (sorted.length <= most) return sorted;
  return Array.from({ length: most }, (_, at) => sorted[Math.round((at * (sorted.length - 1)) / (most - 1))] ?? 0);
}
