import { html } from 'ghtml';
import type { BenchmarkCell, PeerRow } from '../../../schemas/types.ts';
import { count, inSeconds, size } from '../../figures.ts';
import type { RunKind } from '../../bench/runs.ts';
import { htmlTable } from '../table.ts';

const textHeads = ['Run', 'Peer', 'Outcome'];
const figureHeads = [
  'Start to complete (s)',
  'Registration to complete (s)',
  'Sent',
  'Received',
  'CPU (s)',
  'Peak memory',
];

/** Every peer of every sample, folded. */
export function samplesTable({ samples }: BenchmarkCell): string {
  const heads = [
    html`<th>Sample</th>`,
    ...textHeads.map((head) => html`<th class="text">${head}</th>`),
    ...figureHeads.map((head) => html`<th>${head}</th>`),
  ];
  const rows = samples.flatMap(({ peers, pass }, number) => peers.map((row) => sampleRow(number + 1, pass, row)));
  return html`<details>
    <summary>${samples.length === 1 ? 'The sample' : `All ${samples.length} samples`}</summary>
    !${htmlTable(heads, rows)}
  </details>`;
}

function sampleRow(sample: number, run: RunKind, row: PeerRow): string[] {
  const { peerId, outcome, startToCompleteMs, registrationToCompleteMs, messages, resources } = row;
  const figures = [
    inSeconds(startToCompleteMs),
    inSeconds(registrationToCompleteMs),
    count(messages?.sent),
    count(messages?.received),
    inSeconds(resources?.cpuMs),
    resources === undefined ? '–' : size(resources.peakMemoryBytes),
  ];
  return [
    html`<td>${sample}</td>`,
    html`<td class="text">${run}</td>`,
    html`<td class="text">${peerId}</td>`,
    html`<td class="text ${outcome === 'complete' ? '' : 'bad'}">${outcome}</td>`,
    ...figures.map((figure) => html`<td>${figure}</td>`),
  ];
}
