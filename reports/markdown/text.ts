const special = '[&<>\\\\`*_~[\\]|#!@$:]|(?<=www)\\.';
const anywhere = new RegExp(special, 'g');
const anywhereOrFirst = new RegExp(`${special}|^[-+=]|(?<=^\\d+)[.)]`, 'g');

/**
 * A text as it reads in a line of Markdown, or between tags in one: nothing in it is markup, HTML, an address or the end
 * of a table's cell. Entities mean the same in Markdown and in HTML; backslashes do not.
 */
export function inline(text: string): string {
  return escaped(text, anywhereOrFirst);
}

/** A text as it reads in the cell of a table, where it begins no line: `+5.0 %` needs no entity there. */
export function cell(text: string): string {
  return escaped(text, anywhere);
}

function escaped(text: string, what: RegExp): string {
  return text
    .trim()
    .replace(/\s+/g, ' ')
    .replace(what, (character) => `&#${character.charCodeAt(0)};`);
}

/** A text with its lines as they are. */
export function block(text: string): string {
  // A fence ends only at as many backticks as it began with.
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text.trimEnd()}\n${fence}`;
}

/** A table; its cells are Markdown already. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Something folded under a line; both are Markdown already. */
export function folded(summary: string, content: string): string {
  return `<details><summary>${summary}</summary>\n\n${content}\n\n</details>`;
}
