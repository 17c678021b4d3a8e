import { html } from 'ghtml';
import type { ConformanceCase } from '../../../schemas/types.ts';
import { failureFacts } from '../../conformance/failure-text.ts';
import { outputTails } from '../../output-tails.ts';
import { caseState, caseHighlights } from '../../conformance/case-state.ts';
import { factList } from '../fact-list.ts';
import { sequenceDiagram } from './sequence-diagram.ts';

/** Everything about a case that did not pass, so that it can be understood without a rerun. */
export function failureCard(item: ConformanceCase, anchor: string, seed: number): string {
  const highlight = caseHighlights[caseState(item)];
  const known = item.known === undefined ? '' : ', known';
  // Cases that could not be judged wait for another failure to be fixed, so their details stay folded.
  const isOpen = item.verdict === 'fail' || item.verdict === 'warn';
  return html`<div class="card banner ${highlight}" id="${anchor}">
    <strong class="${highlight}">${item.verdict}${known}</strong> <code>${item.id}</code>
    !${factList([...failureFacts(item), ['Seed', String(seed)]])}
    !${folded('Wire log', sequenceDiagram(item.transcript), isOpen)}
    !${outputTails(item).map(({ name, text }) => folded(name, html`<pre>${text}</pre>`, isOpen))}
    <p class="muted">Rerun:</p>
    <pre class="command">${item.repro}</pre>
  </div>`;
}

/** Content that can be folded under its name; nothing if it is empty. */
function folded(name: string, content: string, isOpen: boolean): string {
  if (content === '') return '';
  return html`<details !${isOpen ? 'open' : ''}>
    <summary>${name}</summary>
    !${content}
  </details>`;
}
