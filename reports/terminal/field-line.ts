import { oneLine } from '../one-line.ts';

const maxCharacters = 160;
const outputLines = 6;

/** A fact about a failure as an indented line. */
export function fieldLine(name: string, text: string): string {
  return `  ${name.padEnd(9)} ${oneLine(text)}`;
}

/** A text cut to the length of one line. */
export function cutLine(text: string): string {
  const line = oneLine(text);
  return line.length > maxCharacters ? `${line.slice(0, maxCharacters)}…` : line;
}

/** The end of what a program printed on a stream, a field per line. */
export function outputFields(stream: 'stderr' | 'stdout', text = ''): string[] {
  const trimmed = text.trim();
  const lines = trimmed === '' ? [] : trimmed.split('\n').slice(-outputLines);
  return lines.map((line) => fieldLine(stream, cutLine(line)));
}
