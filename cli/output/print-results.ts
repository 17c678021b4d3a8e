import { terminalText } from '../../reports/results/by-kind.ts';
import type { Result } from '../../reports/results/result.ts';
import { painter } from '../../reports/terminal/colour.ts';

/** Prints results on standard output, in colour on a terminal that has colours. */
export function printResults(...results: Result[]): void {
  const { stdout } = process;
  stdout.write(terminalText(results, { paint: painter(stdout), columns: stdout.columns }));
}
