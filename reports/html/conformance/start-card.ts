import { html } from 'ghtml';
import { capitalized } from '../../figures.ts';
import { outputTails } from '../../output-tails.ts';
import type { StartProblem } from '../../conformance/start-problems.ts';

/** A program that does not start, with what it printed. */
export function startCard({ what, why, start }: StartProblem): string {
  const printed = outputTails(start).map(
    ({ name, text }) =>
      html`<p class="muted">${name}</p>
        <pre>${text}</pre>`,
  );
  return html`<div class="card banner bad">
    <strong class="bad">${capitalized(what)}</strong>
    <p>${why}</p>
    !${printed}
  </div>`;
}
