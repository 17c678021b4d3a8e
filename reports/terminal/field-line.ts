import { oneLine } from '../one-line.ts';

const maxCharacters = 160;
const stderrLines = 6;

/** A fact about a failure as an indented line. */
export function fieldLine(name: string, text: string): string {
  return `  ${name.padEnd(9)} ${oneLine(text)}`;
}

/** A text cut to the length of one line. */
export function cutLine(text: string): string {
  const line = oneLine(text);
  return line.length > maxCharacters ? `${line.slice(0, maxCharacters)}…` : line;
}

/** The end of standard error, a field per line. */
export function stderrFields(text = ''): string[] {
  const trimmed = text.trim();
  const lines = trimmed === '' ? [] : trimmed.split('\n').slice(-stderrLines);
  return lines.map((line) => fieldLine('stderr', cutLine(line)));
}
