import { html } from 'ghtml';
import type { ConformanceCase, ConformanceResult } from '../../schemas/types.ts';
import { plural } from '../figures.ts';
import { failureCard } from './conformance-failure.ts';

const banners = {
  conforming: { tone: 'good', text: 'Conforming', meaning: 'Every MUST that was checked holds.' },
  'not-conforming': { tone: 'bad', text: 'Not conforming', meaning: 'At least one MUST is broken.' },
  'not-judged': {
    tone: 'warn',
    text: 'Not judged',
    meaning: 'No MUST was seen broken, but not everything could be judged.',
  },
} as const;

const tones: Record<ConformanceCase['verdict'], string> = {
  pass: 'good',
  fail: 'bad',
  warn: 'warn',
  error: 'warn',
  info: 'muted',
  'not-applicable': 'muted',
};

/** The conformance part of the page. */
export function conformanceSection(result: ConformanceResult): string {
  const { implementation, verdict, interrupted, summary, cases, durationMs } = result;
  const { tone, text, meaning } = banners[verdict];
  const count = `${plural(cases.length, 'case')} in ${(durationMs / 1000).toFixed(1)} s`;
  const tiles = Object.entries(summary).map(
    ([name, number]) => html`<div class="tile"><b>${number}</b><span>${name}</span></div>`,
  );
  const broken = cases.filter((item) => ['fail', 'error', 'warn'].includes(item.verdict));
  return html`<section id="conformance">
    <h2>Conformance</h2>
    <div class="card banner verdict ${tone}">
      <strong class="${tone}">${text}</strong>
      <p>${implementation.name}: ${meaning} ${count}${interrupted ? ', interrupted before the end' : ''}.</p>
    </div>
    <div class="tiles">!${tiles}</div>
    !${broken.map(failureCard)} !${groups(cases)}
  </section>`;
}

/** A folded table per group of clauses: the first word of their ids. */
function groups(cases: readonly ConformanceCase[]): string[] {
  const byGroup = new Map<string, ConformanceCase[]>();
  for (const item of cases) {
    const group = item.clause.split('.')[0] ?? '';
    byGroup.set(group, [...(byGroup.get(group) ?? []), item]);
  }
  return [...byGroup].map(([group, members]) => {
    const passed = members.filter(({ verdict }) => verdict === 'pass').length;
    return html`<details class="card">
      <summary><b>${group}</b> · ${plural(members.length, 'case')}, ${passed} passed</summary>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th>Clause</th>
              <th class="text">Level</th>
              <th class="text">Role</th>
              <th class="text">What must come</th>
              <th class="text">Verdict</th>
            </tr>
          </thead>
          <tbody>
            !${members.map(row)}
          </tbody>
        </table>
      </div>
    </details>`;
  });
}

function row({ id, level, role, title, verdict, message }: ConformanceCase): string {
  const why = message === '' ? '' : html`<div class="muted">${message}</div>`;
  return html`<tr>
    <td><code>${id}</code></td>
    <td class="text">${level}</td>
    <td class="text">${role}</td>
    <td class="text">${title}!${why}</td>
    <td class="text ${tones[verdict]}">${verdict}</td>
  </tr>`;
}
