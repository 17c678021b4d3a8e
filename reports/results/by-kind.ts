import { kinds } from './kinds.ts';
import type { Kind, ReportName, Result, ResultOf, Terminal } from './result.ts';

const kindNames = Object.keys(kinds) as Kind[];

/** The results of one kind. */
export function resultsOf<K extends Kind>(kind: K, results: readonly Result[]): ResultOf[K][] {
  return results.filter((result): result is ResultOf[K] => result.format === kinds[kind].format);
}

/** The kinds that there are results of, in the order in which reports show them. */
export function kindsIn(results: readonly Result[]): Kind[] {
  return kindNames.filter((kind) => resultsOf(kind, results).length > 0);
}

/** The exit code of a command that found this. */
export function exitCodeOf<K extends Kind>(kind: K, result: ResultOf[K]): number {
  return kinds[kind].exitCode(result);
}

/** The results as text for a terminal. */
export function terminalText(results: readonly Result[], terminal: Terminal): string {
  const text = <K extends Kind>(kind: K): string[] => kinds[kind].terminal(resultsOf(kind, results), terminal);
  return kindsIn(results).flatMap((kind) => text(kind)).join('\n');
}

/** A report of each kind that there are results of. */
export async function reportParts(report: ReportName, results: readonly Result[]): Promise<string[]> {
  const part = async <K extends Kind>(kind: K): Promise<string> =>
    (await kinds[kind].reports[report]?.(resultsOf(kind, results))) ?? '';
  return Promise.all(kindsIn(results).map((kind) => part(kind)));
}
