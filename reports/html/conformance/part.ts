import { html } from 'ghtml';
import type { ConformanceResult } from '../../../schemas/types.ts';
import { labels } from '../../results/labels.ts';
import { matrixSection } from './matrix-section.ts';
import { conformanceSection } from './section.ts';

/** One result in full; for several, the matrix and each result folded below it. */
export function conformancePart(results: readonly ConformanceResult[]): string {
  const [only] = results;
  const content = results.length === 1 && only ? conformanceSection(only, 'result-1') : severalResults(results);
  return html`<section id="conformance">
    <h2>Conformance</h2>
    !${content}
  </section>`;
}

function severalResults(results: readonly ConformanceResult[]): string {
  const ids = results.map((_, at) => `result-${at + 1}`);
  const names = labels(results);
  const folded = results.map(
    (result, at) =>
      html`<details class="result" id="${ids[at] ?? ''}">
        <summary><h3>${at + 1}. ${names[at] ?? ''}</h3></summary>
        !${conformanceSection(result, ids[at] ?? '')}
      </details>`,
  );
  return matrixSection(results, ids) + folded.join('');
}
