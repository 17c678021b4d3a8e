import { readFile } from 'node:fs/promises';
import { jsonErrorOffset } from './json-error-offset.ts';
import { UsageError } from '../usage-error.ts';

/** The value in a JSON file. @throws UsageError with the line and column of invalid JSON */
export async function readJson(path: string): Promise<unknown> {
  const text = (await readText(path)).replace(/^\ufeff/, '');
  try {
    return JSON.parse(text);
  } catch {
    const before = text.slice(0, jsonErrorOffset(text)).split('\n');
    const position = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
    throw new UsageError(`${path}, ${position}: this is not JSON. ${hint(text, before.join('\n').length)}`);
  }
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${(error as Error).message}.`);
  }
}

function hint(text: string, offset: number): string {
  const before = text.slice(0, offset).trimEnd().at(-1);
  const here = text.slice(offset).trimStart().at(0);
  if (here === undefined) return 'The file ends too early: close every brace, bracket and quotation mark.';
  if (here === "'") return 'Put texts in double quotes.';
  if (here === '/' || here === '#') return 'JSON has no comments: remove them.';
  if (before === ',' && (here === '}' || here === ']')) return 'Remove the comma before it.';
  if (here === '"' && before !== undefined && !'{[:,'.includes(before)) return 'A comma or colon is missing before it.';
  return 'Correct the text there.';
}
