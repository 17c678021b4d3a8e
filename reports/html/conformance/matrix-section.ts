import { html } from 'ghtml';
import type { ConformanceResult } from '../../../schemas/types.ts';
import { conformanceMatrix, type MatrixCell } from '../../conformance/matrix.ts';
import { labels } from '../../results/labels.ts';
import { caseHighlights, verdictCounts, verdicts, type CaseState } from '../../conformance/verdicts.ts';
import { caseAnchors } from './case-anchors.ts';

const signs: Readonly<Record<CaseState, string>> = {
  pass: '✓',
  fail: '✗',
  warn: '!',
  error: '?',
  known: 'k',
  info: 'i',
  'not-applicable': '–',
};

/** Several implementations: a line for each, and the matrix of clauses. `ids` are those of the sections of the results. */
export function matrixSection(results: readonly ConformanceResult[], ids: readonly string[]): string {
  const names = labels(results);
  const anchors = results.map(({ cases }, at) => caseAnchors(cases, ids[at] ?? ''));
  const lines = results.map((result, at) => {
    const { tone, name } = verdicts[result.verdict];
    return html`<tr>
      <td>${at + 1}</td>
      <td class="text"><a href="#${ids[at] ?? ''}">${names[at] ?? ''}</a></td>
      <td class="text ${tone}">${name}</td>
      <td class="text muted">${verdictCounts(result)}</td>
    </tr>`;
  });
  const heads = names.map((name, at) => html`<th class="sign" title="${name}">${at + 1}</th>`);
  const rows = conformanceMatrix(results).map(({ clause, level, requirement, cells }) => {
    const signsOfRow = cells.map((cell, at) => sign(cell, names[at] ?? '', cell && anchors[at]?.get(cell.item)));
    return html`<tr>
      <td title="${requirement}"><code>${clause}</code> <span class="muted">${level}</span></td>
      !${signsOfRow}
    </tr>`;
  });
  const legend = Object.entries(signs).map(
    ([state, mark]) => html`<span><b class="${caseHighlights[state as CaseState]}">${mark}</b> ${state}</span>`,
  );
  return html`<div class="card">
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th>#</th>
              <th class="text">Implementation</th>
              <th class="text">Verdict</th>
              <th class="text">Cases</th>
            </tr>
          </thead>
          <tbody>
            !${lines}
          </tbody>
        </table>
      </div>
    </div>
    <div class="card">
      <div class="scroll">
        <table class="matrix">
          <thead>
            <tr>
              <th>Clause</th>
              !${heads}
            </tr>
          </thead>
          <tbody>
            !${rows}
          </tbody>
        </table>
      </div>
      <div class="legend">!${legend}</div>
    </div>`;
}

function sign(cell: MatrixCell | undefined, name: string, anchor: string | undefined): string {
  if (cell === undefined) return html`<td></td>`;
  const { state, item } = cell;
  const mark = html`<span class="${caseHighlights[state]}">${signs[state]}</span>`;
  return html`<td class="sign" title="${name}: ${state} ${item.id}">
    !${anchor === undefined ? mark : html`<a href="#${anchor}">!${mark}</a>`}
  </td>`;
}
