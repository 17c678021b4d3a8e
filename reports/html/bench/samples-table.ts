import { html } from 'ghtml';
import type { BenchmarkCell, PeerRow } from '../../../schemas/types.ts';
import { count, seconds, size } from '../../figures.ts';
import type { RunKind } from '../../bench/runs.ts';

/** Every peer of every sample, folded. */
export function samplesTable({ samples }: BenchmarkCell): string {
  const rows = samples.flatMap(({ peers, pass }, number) => peers.map((row) => sampleRow(number + 1, pass, row)));
  return html`<details>
    <summary>${samples.length === 1 ? 'The sample' : `All ${samples.length} samples`}</summary>
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>Sample</th>
            <th class="text">Pass</th>
            <th class="text">Peer</th>
            <th class="text">Outcome</th>
            <th>Start to complete (s)</th>
            <th>Registration to complete (s)</th>
            <th>Sent</th>
            <th>Received</th>
            <th>CPU (s)</th>
            <th>Peak memory</th>
          </tr>
        </thead>
        <tbody>
          !${rows}
        </tbody>
      </table>
    </div>
  </details>`;
}

function sampleRow(sample: number, pass: RunKind, row: PeerRow): string {
  const { peerId, outcome, startToCompleteMs, registrationToCompleteMs, messages, resources } = row;
  return html`<tr>
    <td>${sample}</td>
    <td class="text">${pass}</td>
    <td class="text">${peerId}</td>
    <td class="text ${outcome === 'complete' ? '' : 'bad'}">${outcome}</td>
    <td>${inSeconds(startToCompleteMs)}</td>
    <td>${inSeconds(registrationToCompleteMs)}</td>
    <td>${count(messages?.sent)}</td>
    <td>${count(messages?.received)}</td>
    <td>${inSeconds(resources?.cpuMs)}</td>
    <td>${resources === undefined ? '–' : size(resources.peakMemoryBytes)}</td>
  </tr>`;
}

function inSeconds(milliseconds: number | undefined): string {
  return seconds(milliseconds === undefined ? undefined : milliseconds / 1000);
}
