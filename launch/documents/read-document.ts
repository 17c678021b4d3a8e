import type {
  BenchmarkResult,
  CaseList,
  CompareResult,
  ConformanceResult,
  InteropResult,
  KnownFailures,
  Manifest,
  MessageBudget,
} from '../../schemas/types.ts';
import { checkDocument, type DocumentKind } from '../../schemas/validate.ts';
import { throwProblems } from './problem.ts';
import { readJson } from './read-json.ts';

/** The type of each kind of document. */
interface Documents extends Record<DocumentKind, unknown> {
  manifest: Manifest;
  'conformance-result': ConformanceResult;
  'benchmark-result': BenchmarkResult;
  'case-list': CaseList;
  'compare-result': CompareResult;
  'interop-result': InteropResult;
  'known-failures': KnownFailures;
  'message-budget': MessageBudget;
}

/**
 * Reads a JSON file and checks it against the schema of its kind.
 * @throws UsageError that names the file, every field at fault, and the fix
 */
export async function readDocument<Kind extends DocumentKind>(kind: Kind, path: string): Promise<Documents[Kind]> {
  return checkedDocument(kind, path, await readJson(path));
}

/**
 * Checks a value that was read from `path` against the schema of its kind.
 * @throws UsageError that names the file, every field at fault, and the fix
 */
export function checkedDocument<Kind extends DocumentKind>(kind: Kind, path: string, value: unknown): Documents[Kind] {
  throwProblems(
    path,
    checkDocument(kind, value).map(({ path: pointer, message }) => ({
      field: fieldOf(pointer),
      message: `${message}.`,
    })),
  );
  return value as Documents[Kind];
}

/** A JSON pointer as people write fields: `/peer/command/0` → `peer.command[0]`. */
function fieldOf(pointer: string): string {
  const field = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step}`))
    .join('');
  return field === '' ? 'The document' : field.replace(/^\./, '');
}
