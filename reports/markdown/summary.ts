import { printableCopy } from '../printable-copy.ts';
import type { Results } from '../results.ts';
import { benchmarkMarkdown } from './benchmark.ts';
import { conformanceMarkdown, overview } from './conformance.ts';

/** All results as Markdown, for the summary of a CI step. */
export function renderMarkdown(results: Results): string {
  const { conformance, benchmarks } = printableCopy(results);
  const parts = [
    ...(conformance.length > 1 ? [overview(conformance)] : []),
    ...conformance.map((result) => conformanceMarkdown(result)),
    ...benchmarks.map((result) => benchmarkMarkdown(result)),
  ];
  return `${parts.join('\n\n')}\n`;
}
