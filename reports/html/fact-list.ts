import { html } from 'ghtml';

/** Named facts as a list. */
export function factList(facts: readonly (readonly [name: string, text: string])[]): string {
  const items = facts.map(
    ([name, text]) =>
      html`<dt>${name}</dt>
        <dd>${text}</dd>`,
  );
  return html`<dl>!${items}</dl>`;
}
