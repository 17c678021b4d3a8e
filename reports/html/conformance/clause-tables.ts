import { html } from 'ghtml';
import type { ConformanceCase } from '../../../schemas/types.ts';
import { plural } from '../../figures.ts';
import { caseState, caseHighlights } from '../../conformance/verdicts.ts';

type Anchors = ReadonlyMap<ConformanceCase, string>;

/** A folded table per group of clauses, the first word of their ids: every clause, and what its cases came to. */
export function clauseTables(cases: readonly ConformanceCase[], anchors: Anchors): string[] {
  return [...groupBy(cases, ({ clause }) => clause.split('.')[0] ?? '')].map(([group, members]) => {
    const clauses = [...groupBy(members, ({ clause }) => clause).values()];
    const passed = members.filter(({ verdict }) => verdict === 'pass').length;
    const size = `${plural(clauses.length, 'clause')}, ${plural(members.length, 'case')}, ${passed} passed`;
    return html`<details class="card">
      <summary><b>${group}</b> · ${size}</summary>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th>Clause</th>
              <th class="text">Cases</th>
            </tr>
          </thead>
          <tbody>
            !${clauses.map((ofClause) => row(ofClause, anchors))}
          </tbody>
        </table>
      </div>
    </details>`;
  });
}

function row(cases: readonly ConformanceCase[], anchors: Anchors): string {
  const [first] = cases;
  if (first === undefined) return '';
  return html`<tr>
    <td class="clause">
      <code>${first.clause}</code> <span class="muted">${first.level}</span>
      <div class="muted">${first.requirement}</div>
    </td>
    <td class="text">!${cases.map((item) => line(item, anchors.get(item)))}</td>
  </tr>`;
}

function line(item: ConformanceCase, anchor: string | undefined): string {
  const { id, clause, role, title, message, known } = item;
  const state = caseState(item);
  const word = html`<b class="${caseHighlights[state]}">${state}</b>`;
  const why = known ?? message;
  return html`<div class="case">
    !${anchor === undefined ? word : html`<a href="#${anchor}">!${word}</a>`} ${id.slice(clause.length + 1)}
    <span class="muted">(${role}): ${title}${why === '' ? '' : ` — ${why}`}</span>
  </div>`;
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}
