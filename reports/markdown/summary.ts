import { printableCopy } from '../printable-copy.ts';
import { reportParts } from '../results/by-kind.ts';
import type { Result } from '../results/result.ts';

/** All results as Markdown, for the summary of a CI step. */
export async function renderMarkdown(results: readonly Result[]): Promise<string> {
  return `${(await reportParts('markdown', printableCopy(results))).join('\n\n')}\n`;
}
