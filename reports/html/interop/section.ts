import { html } from 'ghtml';
import type { InteropResult } from '../../../schemas/types.ts';
import { plural } from '../../figures.ts';
import {
  otherPeerFailures,
  numberedNames,
  interopSwarmName,
  failureSentence,
  blameText,
  messageLine,
} from '../../interop/failure-text.ts';
import {
  blameCounts,
  failureGroups,
  interopMatrix,
  type FailureGroup,
  type InteropCell,
} from '../../interop/matrix.ts';

const verdicts = {
  'all-complete': [
    'good',
    'All complete',
    'Every peer of every swarm left the original file, and no clause was seen broken.',
  ],
  failures: ['bad', 'Failures', 'In at least one swarm a peer did not complete, or a clause was broken.'],
  incomplete: ['warn', 'Incomplete', 'Not every swarm was run to its end.'],
} as const;

const signs = {
  ok: ['good', '✓'],
  failed: ['bad', '✗'],
  stopped: ['warn', '…'],
  none: ['muted', '–'],
} as const satisfies Record<InteropCell['state'], readonly [string, string]>;

/** Who completed with whom, and the first wrong message of each kind of failure. */
export function interopSection(result: InteropResult, id: string): string {
  const [tone, name, meaning] = verdicts[result.verdict];
  const names = numberedNames(result);
  const blame = blameCounts(result).map(
    ({ number, swarms }) => html`<p>${names[number] ?? ''} is blamed in ${plural(swarms, 'swarm')}.</p>`,
  );
  const groups = failureGroups(result);
  const cards = groups.map((group, at) => failureCard(group, names, `${id}-failure-${at + 1}`));
  const interrupted = result.interruptedBy === undefined ? '' : ` The run was interrupted by ${result.interruptedBy}.`;
  return html`<section id="${id}">
    <h2>Interop</h2>
    <div class="card banner verdict ${tone}">
      <strong class="${tone}">${name}</strong>
      <p>${plural(result.swarms.length, 'swarm')} of ${names.length} implementations. ${meaning}${interrupted}</p>
      !${blame}
    </div>
    !${matrixCard(result, names, groups, id)} !${cards}
  </section>`;
}

function matrixCard(
  result: InteropResult,
  names: readonly string[],
  groups: readonly FailureGroup[],
  id: string,
): string {
  const rows = interopMatrix(result).map((cells, tracker) => {
    const marks = cells.map(({ state, blamed }, other) => {
      const [tone, sign] = signs[state];
      const group = groups.findIndex(({ first, others }) =>
        [first, ...others].some((swarm) => swarm.tracker === tracker && swarm.other === other),
      );
      const fault = blamed.map((number) => number + 1).join(',') || '?';
      const mark = html`<span class="${tone}">${sign}${state === 'failed' ? ` ${fault}` : ''}</span>`;
      const title = `tracker of ${names[tracker] ?? ''}, peers of ${names[other] ?? ''}: ${state}`;
      return html`<td class="sign keep" title="${title}">
        !${group < 0 ? mark : html`<a href="#${id}-failure-${group + 1}">!${mark}</a>`}
      </td>`;
    });
    return html`<tr>
      <td>${names[tracker] ?? ''}</td>
      !${marks}
    </tr>`;
  });
  const ofAll = result.swarms
    .filter(({ kind }) => kind === 'all')
    .map((swarm) => {
      const [tone, sign] = signs[swarm.state];
      return html`<p><b class="${tone}">${sign}</b> ${interopSwarmName(swarm)}</p>`;
    });
  const heads = names.map((name, at) => html`<th class="sign" title="${name}">${at + 1}</th>`);
  return html`<div class="card">
    <div class="scroll">
      <table class="matrix">
        <thead>
          <tr>
            <th>Tracker of ↓, peers of →</th>
            !${heads}
          </tr>
        </thead>
        <tbody>
          !${rows}
        </tbody>
      </table>
    </div>
    !${ofAll}
    <div class="legend">
      <span><b class="good">✓</b> all complete</span><span><b class="bad">✗ 3</b> failed, number 3 is at fault</span>
      <span><b class="warn">…</b> stopped</span><span><b class="muted">–</b> not run</span>
    </div>
  </div>`;
}

function failureCard({ first, others }: FailureGroup, names: readonly string[], anchor: string): string {
  const { clause, requirement, message, stderrTail } = first.failure;
  const facts: [string, string][] = [
    ...(clause === undefined ? [] : [['Required', `${clause}: ${requirement ?? ''}`] satisfies [string, string]]),
    ['Came', failureSentence(first.failure)],
    ...(message === undefined ? [] : [['First wrong message', messageLine(message)] satisfies [string, string]]),
    ...otherPeerFailures(first, names).map((line): [string, string] => ['Besides', line]),
    ...(others.length === 0 ? [] : [['Alike', others.map(interopSwarmName).join('; ')] satisfies [string, string]]),
  ];
  const rows = facts.map(
    ([name, text]) =>
      html`<dt>${name}</dt>
        <dd>${text}</dd>`,
  );
  return html`<div class="card banner bad" id="${anchor}">
    <strong class="bad">failed</strong> ${interopSwarmName(first)}, ${blameText(first.failure, names)}
    <dl>!${rows}</dl>
    !${stderrTail?.trim() ? html`<pre>${stderrTail.trim()}</pre>` : ''}
  </div>`;
}
