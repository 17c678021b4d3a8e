import type { ProgramOutput } from '../../../launch/process/program-output.ts';

/** The lines by which the usual languages report an exception that nobody caught, or that a program printed itself. */
const patterns: readonly RegExp[] = [
  // Java, also with "Exception in thread …" and "Caused by" before it; Python; JavaScript.
  /^(?:Exception in thread "[^"]*" |Caused by: |Uncaught )?(?:[a-z]\w*\.)*[A-Z]\w*(?:Error|Exception|Interrupt)\b(?: \[\w+\])?(?::.*)?$/,
  // Go.
  /^(?:panic|fatal error): .*$/,
  // Rust.
  /^thread '.*' (?:\(\d+\) )?panicked at .*$/,
  // C and C++.
  /^terminate called after .*$|^\S+: .*Assertion .* failed\.$|^\*\*\* .* \*\*\*.*$|^Segmentation fault.*$/,
];

/**
 * The last line of an output that reports an exception, standard error first, without what differs from run to run: numbers
 * and addresses. Undefined if there is none.
 */
export function exceptionLine({ stderr, stdout }: ProgramOutput): string | undefined {
  return lastException(stderr) ?? lastException(stdout);
}

function lastException(output: string): string | undefined {
  const lines = output.split('\n').map((line) => line.trimEnd());
  const found = lines.findLast((line) => patterns.some((pattern) => pattern.test(line)));
  return found?.replaceAll(/\b0x[\da-f]+\b|@[\da-f]{5,}\b|\d+/gi, '…').slice(0, maxCharacters);
}

const maxCharacters = 200;
