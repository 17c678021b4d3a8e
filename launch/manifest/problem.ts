import { printable } from '../printable.ts';
import { UsageError } from '../usage-error.ts';

/** Something wrong in a manifest: the field, and in plain words what is wrong there and what would be right. */
export interface Problem {
  readonly field: string;
  readonly message: string;
}

/** A text from a manifest, marked off in a message. */
export function quote(text: string): string {
  return JSON.stringify(text);
}

/** @throws UsageError with all of the problems, if there are any */
export function failOn(path: string, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const lines = problems.map(({ field, message }) => `  ${field} ${message}`);
  throw new UsageError(printable([`${path} cannot be used:`, ...lines].join('\n')));
}
