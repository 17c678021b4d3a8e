import { printable } from '../printable.ts';
import { UsageError } from '../usage-error.ts';

/** A problem in a document. `message` continues the sentence after the field, and states the fix. */
export interface Problem {
  /** As people write it: `peer.command[0]`. */
  readonly field: string;
  readonly message: string;
}

const problemsShown = 20;

/** @throws UsageError that lists the problems of the document at `path`, if there are any */
export function throwProblems(path: string, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const lines = problems.slice(0, problemsShown).map(({ field, message }) => `  ${field} ${message}`);
  const more = problems.length - lines.length;
  throw new UsageError(
    printable([`${path} cannot be used:`, ...lines, ...(more > 0 ? [`  and ${more} more.`] : [])].join('\n')),
  );
}

/** A text from a document, in quotation marks. */
export function quote(text: string): string {
  return JSON.stringify(text);
}
