import { html } from 'ghtml';
import type { ConformanceCase } from '../../../schemas/types.ts';
import { plural } from '../../figures.ts';
import { caseState, caseHighlights } from '../../conformance/case-state.ts';
import { htmlTable } from '../table.ts';

type Anchors = ReadonlyMap<ConformanceCase, string>;

/** Every clause with its cases, in a folded table per group of clauses (the first word of their ids). */
export function clauseTables(cases: readonly ConformanceCase[], anchors: Anchors): string[] {
  return [...groupBy(cases, ({ clause }) => clause.split('.')[0] ?? '')].map(([group, members]) => {
    const clauses = [...groupBy(members, ({ clause }) => clause).values()];
    const passed = members.filter(({ verdict }) => verdict === 'pass').length;
    const size = `${plural(clauses.length, 'clause')}, ${plural(members.length, 'case')}, ${passed} passed`;
    const heads = ['Clause', 'Cases'].map((head) => html`<th class="text">${head}</th>`);
    return html`<details class="card">
      <summary><b>${group}</b> · ${size}</summary>
      !${htmlTable(
        heads,
        clauses.map((ofClause) => row(ofClause, anchors)),
        'clauses',
      )}
    </details>`;
  });
}

function row(cases: readonly ConformanceCase[], anchors: Anchors): string[] {
  const [first] = cases;
  if (first === undefined) return [];
  return [
    html`<td class="clause">
      <code>${first.clause}</code> <span class="muted">${first.level}</span>
      <div class="muted">${first.requirement}</div>
    </td>`,
    html`<td class="text">!${cases.map((item) => caseLine(item, anchors.get(item)))}</td>`,
  ];
}

function caseLine(item: ConformanceCase, anchor: string | undefined): string {
  const { id, clause, role, title, message, known, judgedWith } = item;
  const state = caseState(item);
  const word = html`<b class="${caseHighlights[state]}">${state}</b>`;
  const reason = known ?? message;
  return html`<div class="case">
    !${anchor === undefined ? word : html`<a href="#${anchor}">!${word}</a>`} ${id.slice(clause.length + 1)}
    <span class="muted"
      >(${role}):
      ${title}${reason === '' ? '' : ` — ${reason}`}${judgedWith === undefined ? '' : ` — with ${judgedWith.join(', ')}`}</span
    >
  </div>`;
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
}
