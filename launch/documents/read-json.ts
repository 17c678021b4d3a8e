import { readFile } from 'node:fs/promises';
import { parse, visit, type ParseError } from 'jsonc-parser';
import { UsageError } from '../usage-error.ts';
import { whyUnreadable } from './why-unreadable.ts';

/** The value in a JSON file. @throws UsageError with the line and column of invalid JSON, or of a key that stands twice */
export async function readJson(path: string): Promise<unknown> {
  const text = (await readText(path)).replace(/^\ufeff/, '');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const offset = jsonErrorOffset(text) ?? text.length;
    throw new UsageError(`${path}, ${place(text, offset)}: this is not JSON. ${hint(text, offset)}`);
  }
  const repeated = repeatedKey(text);
  if (repeated === undefined) return value;
  const { key, first, again } = repeated;
  throw new UsageError(
    `${path}, ${place(text, again)}: the key ${JSON.stringify(key)} stands twice in one object, first in ${place(text, first)}. Remove one of them.`,
  );
}

/** The offset where `text` is no longer JSON; undefined if it is. The errors of JSON.parse do not always state a position. */
export function jsonErrorOffset(text: string): number | undefined {
  const errors: ParseError[] = [];
  parse(text, errors, { disallowComments: true });
  return errors[0]?.offset;
}

/** The first key that stands twice in an object of valid JSON: JSON.parse drops all of its values but the last. */
function repeatedKey(text: string): { key: string; first: number; again: number } | undefined {
  const objects: Map<string, number>[] = [];
  let repeated: { key: string; first: number; again: number } | undefined;
  visit(text, {
    onObjectBegin: () => void objects.push(new Map()),
    onObjectEnd: () => void objects.pop(),
    onObjectProperty: (key, again) => {
      const keys = objects.at(-1);
      const first = keys?.get(key);
      if (first !== undefined) repeated ??= { key, first, again };
      keys?.set(key, again);
    },
  });
  return repeated;
}

function place(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${whyUnreadable(error)}.`);
  }
}

function hint(text: string, offset: number): string {
  const before = text.slice(0, offset).trimEnd().at(-1);
  const here = text.slice(offset).trimStart().at(0);
  if (here === undefined) return 'The file ends too early: close every brace, bracket and quotation mark.';
  if (here === "'") return 'Put texts in double quotes.';
  if (before === undefined && !'{[/'.includes(here)) return 'Is it the right file? A JSON file begins with a brace.';
  if (here === '/' || here === '#') return 'JSON has no comments: remove them.';
  if (before === ',' && (here === '}' || here === ']')) return 'Remove the comma before it.';
  if (here === '"' && before !== undefined && !'{[:,'.includes(before)) return 'A comma or colon is missing before it.';
  return 'Correct the text there.';
}
