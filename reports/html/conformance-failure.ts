import { html } from 'ghtml';
import type { ConformanceCase, WireEvent } from '../../schemas/types.ts';

/** Everything about a case that did not pass, so that nobody has to run it again to understand it. */
export function failureCard(item: ConformanceCase): string {
  const tone = item.verdict === 'fail' ? 'bad' : 'warn';
  const facts = [
    ['Requirement', item.requirement],
    ['Case', item.title],
    ['Expected', item.expected],
    ['Actual', item.actual],
    ['Schema', item.schemaPath],
  ].flatMap(([name, text]) =>
    text
      ? html`<dt>${name}</dt>
          <dd>${text}</dd>`
      : [],
  );
  const wire = item.transcript.map(line).join('\n');
  return html`<div class="card banner ${tone}">
    <strong class="${tone}">${item.verdict}</strong> <code>${item.id}</code>
    <p>${item.message}</p>
    <dl>!${facts}</dl>
    !${block('On the wire', wire)}!${block('Standard error', item.stderr ?? '')}
    <pre>${item.repro}</pre>
  </div>`;
}

function block(name: string, text: string): string {
  return text === ''
    ? ''
    : html`<details>
        <summary>${name}</summary>
        <pre>${text}</pre>
      </details>`;
}

function line({ atMs, from, to, connection, kind, text }: WireEvent): string {
  return `${atMs.toFixed(1).padStart(9)} ms  #${connection}  ${from} → ${to}  ${kind === 'bytes' ? text : kind}`;
}
