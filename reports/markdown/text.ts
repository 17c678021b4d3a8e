const special = '[&<>\\\\`*_~[\\]|#!@$:]|(?<=www)\\.';
const anywhere = new RegExp(special, 'g');
const anywhereOrFirst = new RegExp(`${special}|^[-+=]|(?<=^\\d+)[.)]`, 'g');

/**
 * Escapes text for a line of Markdown, also inside HTML tags: no markup, HTML, links or table delimiters remain. Uses
 * entities, which both Markdown and HTML understand; HTML does not understand backslashes.
 */
export function inline(text: string): string {
  return escaped(text, anywhereOrFirst);
}

/** Escapes text for a table cell, which does not start a line: `+5.0 %` needs no entity there. */
export function cell(text: string): string {
  return escaped(text, anywhere);
}

function escaped(text: string, what: RegExp): string {
  return text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(what, (character) => `&#${character.charCodeAt(0)};`);
}

/** A code block. */
export function block(text: string): string {
  // Longer than any run of backticks in the text, which could end the block otherwise.
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text.trimEnd()}\n${fence}`;
}

/** A table of cells that are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Content folded under a summary, both of them Markdown already. */
export function folded(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`;
}
