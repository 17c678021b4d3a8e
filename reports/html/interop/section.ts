import { html } from 'ghtml';
import type { InteropResult } from '../../../schemas/types.ts';
import { capitalized, plural } from '../../figures.ts';
import { interopSwarmName, numberedNames } from '../../interop/failure-text.ts';
import { failureGroups, type FailureGroup } from '../../interop/failure-groups.ts';
import { blameCounts, blamedNumbers, interopMatrix, type InteropCell } from '../../interop/matrix.ts';
import { interopVerdicts } from '../../interop/verdicts.ts';
import type { Highlight } from '../../highlight.ts';
import { matrixTable } from '../matrix-table.ts';
import { interopFailureCard } from './failure-card.ts';

const signs: Readonly<Record<InteropCell['state'], readonly [Highlight, string]>> = {
  ok: ['good', '✓'],
  failed: ['bad', '✗'],
  stopped: ['warn', '…'],
  none: ['muted', '–'],
};

/** The matrix of which implementations complete together, and a card for each kind of failure. */
export function interopSection(result: InteropResult, id: string): string {
  const { highlight, name, meaning } = interopVerdicts[result.verdict];
  const names = numberedNames(result);
  const blame = blameCounts(result).map(
    ({ number, swarms }) => html`<p>Blamed: ${names[number] ?? ''} in ${plural(swarms, 'swarm')}.</p>`,
  );
  const groups = failureGroups(result);
  const cards = groups.map((group, at) => interopFailureCard(group, names, failureAnchor(id, at)));
  const interrupted =
    result.interruptedBy === undefined ? '' : ` The session was interrupted by ${result.interruptedBy}.`;
  return html`<section id="${id}">
    <h2>Interop</h2>
    <div class="card banner verdict ${highlight}">
      <strong class="${highlight}">${capitalized(name)}</strong>
      <p>${plural(result.swarms.length, 'swarm')} of ${names.length} implementations. ${meaning}${interrupted}</p>
      !${blame}
    </div>
    !${matrixCard(result, names, groups, id)} !${cards}
  </section>`;
}

function failureAnchor(id: string, group: number): string {
  return `${id}-failure-${group + 1}`;
}

function matrixCard(
  result: InteropResult,
  names: readonly string[],
  groups: readonly FailureGroup[],
  id: string,
): string {
  const rows = interopMatrix(result).map((cells, tracker) => ({
    head: html`<td>${names[tracker] ?? ''}</td>`,
    signs: cells.map((cell, other) => {
      const [highlight, sign] = signs[cell.state];
      const group = groups.findIndex(({ first, others }) =>
        [first, ...others].some((swarm) => swarm.tracker === tracker && swarm.other === other),
      );
      return {
        highlight,
        text: cell.state === 'failed' ? `${sign} ${blamedNumbers(cell)}` : sign,
        title: `tracker of ${names[tracker] ?? ''}, peers of ${names[other] ?? ''}: ${cell.state}`,
        anchor: group < 0 ? undefined : failureAnchor(id, group),
      };
    }),
  }));
  const swarmsOfAll = result.swarms
    .filter(({ kind }) => kind === 'all')
    .map((swarm) => {
      const [highlight, sign] = signs[swarm.state];
      return html`<p><b class="${highlight}">${sign}</b> ${interopSwarmName(swarm)}</p>`;
    });
  return html`<div class="card">
    !${matrixTable('Tracker of ↓, peers of →', names, rows)} !${swarmsOfAll}
    <div class="legend">
      <span><b class="good">✓</b> all complete</span><span><b class="bad">✗ 3</b> failed, number 3 is at fault</span>
      <span><b class="bad">✗ ?</b> failed, fault undetermined</span><span><b class="warn">…</b> stopped</span>
      <span><b class="muted">–</b> not run</span>
    </div>
  </div>`;
}
