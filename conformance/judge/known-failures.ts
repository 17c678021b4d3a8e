import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { readDocument } from '../../launch/documents/read-document.ts';
import type { Implementation } from '../../launch/manifest/implementation.ts';
import type { ConformanceCase, KnownFailure, KnownFailureState } from '../../schemas/types.ts';
import { allCases } from '../cases/index.ts';

const fileName = 'known-failures.json';

/**
 * The entries of a file of known failures; without a path, of the one beside the manifest.
 * @returns undefined if no path is given and the file does not exist
 * @throws UsageError if the file cannot be used
 */
export async function loadKnownFailures(
  path: string | undefined,
  { folder }: Implementation,
): Promise<readonly KnownFailure[] | undefined> {
  const found = path ?? join(folder, fileName);
  if (path === undefined && !(await exists(found))) return undefined;
  return readDocument('known-failures', found);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Adds the reason of an entry to its known failure, and to a case that is not testable because of that failure. */
export function markKnown(result: ConformanceCase, entries: readonly KnownFailure[]): ConformanceCase {
  const { verdict, blockedBy } = result;
  const entry = entries.find((item) =>
    verdict === 'error' ? item.case === blockedBy : item.case === result.id && stateOf(item, result) === 'failed',
  );
  return entry === undefined ? result : { ...result, known: entry.reason };
}

/** The entries with their states in these results. */
export function knownFailureStates(
  results: readonly ConformanceCase[],
  entries: readonly KnownFailure[],
): KnownFailureState[] {
  const byId = new Map(results.map((result) => [result.id, result]));
  return entries.map((entry) => ({ ...entry, state: stateOf(entry, byId.get(entry.case)) }));
}

/** Whether an entry fails the session: it is wrong, or excuses what cannot be excused. */
export function failsSession({ state }: KnownFailureState): boolean {
  return state !== 'failed' && state !== 'not-judged';
}

function stateOf(entry: KnownFailure, result: ConformanceCase | undefined): KnownFailureState['state'] {
  if (!allCases.has(entry.case)) return 'unmatched';
  if (result === undefined || result.verdict === 'error') return 'not-judged';
  if (result.verdict !== 'fail' && result.verdict !== 'warn') return 'stale';
  if (result.crashed) return 'crashed';
  return result.message.includes(entry.message ?? '') ? 'failed' : 'failed-otherwise';
}
