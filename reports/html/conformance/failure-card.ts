import { html } from 'ghtml';
import type { ConformanceCase } from '../../../schemas/types.ts';
import { failureFacts } from '../../conformance/failure-text.ts';
import { caseState, caseHighlights } from '../../conformance/verdicts.ts';
import { sequenceDiagram } from './sequence-diagram.ts';

/** Everything about a case that did not pass, so that nobody has to run it again to understand it. */
export function failureCard(item: ConformanceCase, anchor: string, seed: number): string {
  const tone = caseHighlights[caseState(item)];
  const known = item.known === undefined ? '' : ', known';
  const facts: [string, string][] = [...failureFacts(item), ['Seed', String(seed)]];
  const rows = facts.map(
    ([name, text]) =>
      html`<dt>${name}</dt>
        <dd>${text}</dd>`,
  );
  // A failure is opened as it is seen; those that wait for another one's repair need no look.
  const isOpen = item.verdict === 'fail' || item.verdict === 'warn';
  return html`<div class="card banner ${tone}" id="${anchor}">
    <strong class="${tone}">${item.verdict}${known}</strong> <code>${item.id}</code>
    <dl>!${rows}</dl>
    !${fold('On the wire', sequenceDiagram(item.transcript), isOpen)}
    !${fold('Standard error', item.stderr?.trim() ? html`<pre>${item.stderr.trim()}</pre>` : '', isOpen)}
    <p class="muted">Again:</p>
    <pre>${item.repro}</pre>
  </div>`;
}

/** Content under a line that folds it; nothing if there is none. */
function fold(name: string, content: string, isOpen: boolean): string {
  if (content === '') return '';
  return html`<details !${isOpen ? 'open' : ''}>
    <summary>${name}</summary>
    !${content}
  </details>`;
}
