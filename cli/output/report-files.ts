import type { Command } from 'commander';
import { UsageError } from '../../launch/usage-error.ts';
import { badge } from '../../reports/formats/badge.ts';
import { benchmarkCsv, conformanceCsv } from '../../reports/formats/csv.ts';
import { junit } from '../../reports/formats/junit.ts';
import { renderMarkdown } from '../../reports/markdown/summary.ts';
import { labels, type Results } from '../../reports/results.ts';
import { checkOutputs, writeOutput } from './output.ts';

/** The files that a report may be written to. */
export interface ReportFiles {
  html?: string;
  markdown?: string;
  junit?: string;
  badge?: string;
  csv?: string;
}

export function addReportOptions(command: Command): Command {
  return command
    .option('--html <file>', 'write a page; of several implementations, with the matrix of clauses')
    .option('--markdown <file>', 'write a summary, for instance for a CI step')
    .option('--junit <file>', 'write JUnit XML')
    .option('--badge <file>', 'write the JSON of a shields.io endpoint badge')
    .option('--csv <file>', 'write a table: a line per implementation, a column per clause');
}

/** Makes sure, before a long run, that all files can be written. @throws UsageError */
export async function checkReportFiles(files: ReportFiles & { json?: string }): Promise<void> {
  await checkOutputs([files.json, files.html, files.markdown, files.junit, files.badge, files.csv]);
}

/** Writes the results in each format that is asked for. @throws UsageError if a format cannot hold them */
export async function writeReports(results: Results, files: ReportFiles): Promise<void> {
  const { conformance, benchmarks, interop = [] } = results;
  if (interop.length > 0 && Object.keys(files).some((name) => name !== 'html')) {
    throw new UsageError('Of an interop result there is a page, --html, and no other report.');
  }
  const onlyConformance = (option: string): typeof conformance => {
    if (benchmarks.length === 0) return conformance;
    throw new UsageError(`--${option} is for conformance results: leave out the benchmarks.`);
  };
  if (files.markdown !== undefined) await writeOutput(files.markdown, renderMarkdown(results));
  if (files.junit !== undefined) await writeOutput(files.junit, junit(onlyConformance('junit')));
  if (files.badge !== undefined) await writeOutput(files.badge, badge(onlyConformance('badge')));
  if (files.csv !== undefined) {
    const isBench = conformance.length === 0;
    await writeOutput(files.csv, isBench ? benchmarkCsv(benchmarks) : conformanceCsv(onlyConformance('csv')));
  }
  if (files.html !== undefined) await writeOutput(files.html, await page(results));
}

async function page(results: Results): Promise<string> {
  const { conformance, benchmarks, interop = [] } = results;
  const mixed = interop.flatMap(({ implementations }) => implementations.map(({ name }) => name));
  const names = [...new Set([...labels([...conformance, ...benchmarks]), ...mixed])];
  const parts = { Conformance: conformance, Interop: interop, Benchmark: benchmarks };
  const kinds = Object.entries(parts).filter(([, some]) => some.length > 0);
  const what = kinds.length === 1 ? kinds[0]?.[0] : 'MiniBit';
  const title = `${what}: ${names.length > 3 ? `${names.length} implementations` : names.join(', ')}`;
  // The chart library takes a while to load.
  const { renderPage } = await import('../../reports/html/page.ts');
  return renderPage({ title, conformance, benchmarks, interop });
}
