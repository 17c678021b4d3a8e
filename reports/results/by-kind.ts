import { kinds } from './kinds.ts';
import { labels } from './labels.ts';
import type { Kind, ReportName, Result, ResultOf, Terminal } from './result.ts';

const allKinds = Object.keys(kinds) as Kind[];

/** The results of one kind. */
export function resultsOf<K extends Kind>(kind: K, results: readonly Result[]): ResultOf[K][] {
  return results.filter((result): result is ResultOf[K] => result.format === kinds[kind].format);
}

/** The kinds of the results, in the order in which reports show them. */
export function kindsIn(results: readonly Result[]): Kind[] {
  return allKinds.filter((kind) => resultsOf(kind, results).length > 0);
}

/** Applies a function that works for every kind to each kind of the results. */
function mapKinds<T>(results: readonly Result[], apply: <K extends Kind>(kind: K, some: ResultOf[K][]) => T): T[] {
  return kindsIn(results).map((kind) => apply(kind, resultsOf(kind, results)));
}

/** The exit code of each result. */
export function exitCodesOf(results: readonly Result[]): number[] {
  return mapKinds(results, (kind, some) => some.map((result) => kinds[kind].exitCode(result))).flat();
}

/** The results as text for a terminal. */
export function terminalText(results: readonly Result[], terminal: Terminal): string {
  return mapKinds(results, (kind, some) => kinds[kind].terminal(some, terminal))
    .flat()
    .join('\n');
}

/** One report of each kind of the results. */
export async function reportParts(report: ReportName, results: readonly Result[]): Promise<string[]> {
  return Promise.all(mapKinds(results, async (kind, some) => (await kinds[kind].reports[report]?.(some)) ?? ''));
}

/** The kind, if it is one, and the implementations: `Conformance: ours, theirs`. */
export function titleOf(results: readonly Result[]): string {
  const found = mapKinds(results, (kind, some) => some.flatMap((result) => [...kinds[kind].implementations(result)]));
  const byPath = new Map(found.flat().map(({ name, manifest }) => [`${manifest}\n${name}`, { name, manifest }]));
  const names = labels([...byPath.values()].map((implementation) => ({ implementation })));
  const [kind, ...others] = kindsIn(results);
  const what = kind === undefined || others.length > 0 ? 'MiniBit' : kinds[kind].title;
  return `${what}: ${names.length > 3 ? `${names.length} implementations` : names.join(', ')}`;
}
