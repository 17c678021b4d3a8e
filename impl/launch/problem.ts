import { UsageError } from './usage-error.ts';

/** Something wrong in a manifest: the field, and in plain words what is wrong there and what would be right. */
export interface Problem {
  readonly field: string;
  readonly message: string;
}

/** A text from a manifest, marked off in a message. */
export function quote(text: string): string {
  return JSON.stringify(text);
}

/** The same text with nothing in it that a terminal would obey; only line feeds stay. */
export function printable(text: string): string {
  return text.replace(
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** @throws UsageError with all of the problems, if there are any */
export function failOn(path: string, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const lines = problems.map(({ field, message }) => `  ${field} ${message}`);
  throw new UsageError(printable([`${path} cannot be used:`, ...lines].join('\n')));
}
