import { html } from 'ghtml';
import type { ConformanceResult } from '../../../schemas/types.ts';
import { conformanceMatrix } from '../../conformance/matrix.ts';
import { labels } from '../../results/labels.ts';
import { caseHighlights, type CaseState } from '../../conformance/case-state.ts';
import { verdictCounts, verdicts } from '../../conformance/verdicts.ts';
import { matrixTable } from '../matrix-table.ts';
import { htmlTable } from '../table.ts';
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

/** Several implementations: a row for each, and the matrix of clauses. @param ids those of the sections of the results */
export function matrixSection(results: readonly ConformanceResult[], ids: readonly string[]): string {
  const names = labels(results);
  const anchors = results.map(({ cases }, at) => caseAnchors(cases, ids[at] ?? ''));
  const overview = results.map((result, at) => {
    const { highlight, name } = verdicts[result.verdict];
    return [
      html`<td>${at + 1}</td>`,
      html`<td class="text"><a href="#${ids[at] ?? ''}">${names[at] ?? ''}</a></td>`,
      html`<td class="text ${highlight}">${name}</td>`,
      html`<td class="text muted">${verdictCounts(result)}</td>`,
    ];
  });
  const overviewHeads = ['#', 'Implementation', 'Verdict', 'Cases'].map((head) => html`<th class="text">${head}</th>`);
  const rows = conformanceMatrix(results).map(({ clause, level, requirement, cells }) => ({
    head: html`<td title="${requirement}"><code>${clause}</code> <span class="muted">${level}</span></td>`,
    signs: cells.map(
      (cell, at) =>
        cell && {
          highlight: caseHighlights[cell.state],
          text: signs[cell.state],
          title: `${names[at] ?? ''}: ${cell.state} ${cell.item.id}`,
          anchor: anchors[at]?.get(cell.item),
        },
    ),
  }));
  const legend = Object.entries(signs).map(
    ([state, sign]) => html`<span><b class="${caseHighlights[state as CaseState]}">${sign}</b> ${state}</span>`,
  );
  return html`<div class="card">!${htmlTable(overviewHeads, overview)}</div>
    <div class="card">
      !${matrixTable('Clause', names, rows)}
      <div class="legend">!${legend}</div>
    </div>`;
}
