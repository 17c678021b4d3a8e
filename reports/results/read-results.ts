import { checkedDocument } from '../../launch/documents/read-document.ts';
import { readJson } from '../../launch/documents/read-json.ts';
import { UsageError } from '../../launch/usage-error.ts';
import { kinds } from './kinds.ts';
import type { Result } from './result.ts';

/**
 * Reads the result in a file, or the array of them; those of older formats are converted.
 * @throws UsageError
 */
export async function readResults(path: string): Promise<Result[]> {
  const value = await readJson(path);
  const stored: unknown[] = Array.isArray(value) ? value : [value];
  if (stored.length === 0) throw new UsageError(`${path} holds no result.`);
  return stored.map((item) => checkedResult(path, item));
}

function checkedResult(path: string, stored: unknown): Result {
  const format = isObject(stored) ? stored['format'] : undefined;
  for (const { format: current, olderFormats = {}, schema } of Object.values(kinds)) {
    if (format === current) return checkedDocument(schema, path, stored);
    const convert =
      typeof format === 'string' && Object.hasOwn(olderFormats, format) ? olderFormats[format] : undefined;
    if (convert && isObject(stored)) return checkedDocument(schema, path, convert(stored));
  }
  const known = Object.values(kinds).map((kind) => JSON.stringify(kind.format));
  throw new UsageError(
    `${path} is not a result: its field "format" must be one of ${known.join(', ')}. ` +
      'Give a file that minibit conform, bench, compare or interop wrote with --json.',
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
