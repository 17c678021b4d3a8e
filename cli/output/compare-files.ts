import type { Command } from 'commander';
import { bencherMetrics } from '../../reports/formats/dashboards/bencher.ts';
import { benchmarkAction } from '../../reports/formats/dashboards/benchmark-action.ts';
import { compareMarkdown } from '../../reports/markdown/compare.ts';
import type { CompareResult } from '../../schemas/types.ts';
import { checkOutputs, writeOutput } from './output.ts';

/** The files that a comparison may be written to. */
export interface CompareFiles {
  json?: string;
  markdown?: string;
  benchmarkAction?: string;
  bencher?: string;
}

export function addCompareFiles(command: Command): Command {
  return command
    .option('--json <file>', 'write the result, with every round')
    .option('--markdown <file>', 'write a summary, for instance for a CI step')
    .option('--benchmark-action <file>', 'write the times and requests of head for github-action-benchmark')
    .option('--bencher <file>', 'write them for Bencher');
}

/** Makes sure, before a long run, that all files can be written. @throws UsageError */
export async function checkCompareFiles({ json, markdown, benchmarkAction, bencher }: CompareFiles): Promise<void> {
  await checkOutputs([json, markdown, benchmarkAction, bencher]);
}

/** Writes the result in each format that is asked for. */
export async function writeCompareFiles(result: CompareResult, files: CompareFiles): Promise<void> {
  const formats = [
    [files.json, (): unknown => result],
    [files.benchmarkAction, () => benchmarkAction(result)],
    [files.bencher, () => bencherMetrics(result)],
  ] as const;
  if (files.markdown !== undefined) await writeOutput(files.markdown, compareMarkdown(result));
  for (const [path, format] of formats) {
    if (path !== undefined) await writeOutput(path, `${JSON.stringify(format(), undefined, 2)}\n`);
  }
}
