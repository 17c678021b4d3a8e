import { html } from 'ghtml';

/**
 * A table that scrolls sideways if it is too wide.
 * @param heads the `th` elements
 * @param rows the `td` elements of each row
 */
export function htmlTable(heads: readonly string[], rows: readonly (readonly string[])[], className = ''): string {
  return html`<div class="scroll">
    <table class="${className}">
      <thead>
        <tr>
          !${[...heads]}
        </tr>
      </thead>
      <tbody>
        !${rows.map(
          (cells) =>
            html`<tr>
              !${[...cells]}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
