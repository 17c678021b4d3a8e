import type { ConformanceCase } from '../../../schemas/types.ts';
import { exceptionLine } from './exception-line.ts';

/**
 * Adds to the results that did not pass what they have in common and most likely failed for: the same exception in the output,
 * or the same exit.
 * @param harmless the exceptions that programs of cases that passed printed, too
 */
export function addCauses(results: readonly ConformanceCase[], harmless: ReadonlySet<string>): ConformanceCase[] {
  const causes = results.map((result) => result.cause ?? causeOf(result, harmless));
  const count = new Map<string | undefined, number>();
  for (const cause of causes) count.set(cause, (count.get(cause) ?? 0) + 1);
  return results.map((result, at) => {
    const cause = causes[at];
    return cause === undefined || count.get(cause) === 1 ? result : { ...result, cause };
  });
}

function causeOf(result: ConformanceCase, harmless: ReadonlySet<string>): string | undefined {
  const { verdict, role, stderr = '', stdout = '', crashed, message } = result;
  if (verdict !== 'fail' && verdict !== 'warn' && verdict !== 'error') return undefined;
  const exception = exceptionLine({ stderr, stdout });
  if (exception !== undefined && (crashed || !harmless.has(exception))) return `${role}: ${exception}`;
  const exit = crashed && /the process (?:exited with code -?\d+|was ended by \w+)/.exec(message)?.[0];
  return exit ? `${role}: ${exit}` : undefined;
}
