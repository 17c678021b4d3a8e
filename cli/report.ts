import { Command } from 'commander';
import { throwProblems } from '../launch/documents/problem.ts';
import { readJson } from '../launch/documents/read-json.ts';
import { UsageError } from '../launch/usage-error.ts';
import type { Results } from '../reports/results.ts';
import { benchReport } from '../reports/terminal/bench-report.ts';
import { painter } from '../reports/terminal/colour.ts';
import { conformReport, conformSummary } from '../reports/terminal/conform-report.ts';
import { interopReport } from '../reports/terminal/interop-report.ts';
import type { BenchmarkResult, ConformanceResult, InteropResult } from '../schemas/types.ts';
import { checkDocument } from '../schemas/validate.ts';
import { addReportOptions, checkReportFiles, writeReports, type ReportFiles } from './output/report-files.ts';

const problemsShown = 10;

/** `minibit report`: makes reports from stored results. Exit code 0, or 2 if a file is no result. */
export function reportCommand(): Command {
  const command = new Command('report')
    .description('make reports from stored results; without an option, print them')
    .argument('<results...>', 'files that conform, bench or interop wrote with --json');
  return addReportOptions(command).action(async (paths: string[], options: ReportFiles) => {
    await checkReportFiles(options);
    const results = join(await Promise.all(paths.map(readResults)));
    if (Object.keys(options).length === 0) process.stdout.write(text(results));
    else await writeReports(results, options);
  });
}

/** What a file holds: one result, or an array of them. */
async function readResults(path: string): Promise<Results> {
  const value = await readJson(path);
  return join((Array.isArray(value) ? value : [value]).map((item) => readResult(path, item)));
}

function readResult(path: string, value: unknown): Results {
  const format = (value as { format?: unknown } | null)?.format;
  if (format === 'minibit-conformance-2') {
    check(path, 'conformance-result', value);
    return { conformance: [value as ConformanceResult], benchmarks: [] };
  }
  if (format === 'minibit-benchmark-2') {
    check(path, 'benchmark-result', value);
    return { conformance: [], benchmarks: [value as BenchmarkResult] };
  }
  if (format === 'minibit-interop-1') {
    check(path, 'interop-result', value);
    return { conformance: [], benchmarks: [], interop: [value as InteropResult] };
  }
  throw new UsageError(
    `${path} is no result: its field "format" is none of "minibit-conformance-1", "minibit-benchmark-2" and ` +
      '"minibit-interop-1". Give a file that minibit conform, bench or interop wrote with --json.',
  );
}

function check(path: string, kind: 'conformance-result' | 'benchmark-result' | 'interop-result', value: unknown): void {
  const problems = checkDocument(kind, value).slice(0, problemsShown);
  throwProblems(
    path,
    problems.map(({ path: field, message }) => ({ field, message: `${message}.` })),
  );
}

function join(parts: readonly Results[]): Results {
  return {
    conformance: parts.flatMap(({ conformance }) => conformance),
    benchmarks: parts.flatMap(({ benchmarks }) => benchmarks),
    interop: parts.flatMap(({ interop = [] }) => interop),
  };
}

function text({ conformance, benchmarks, interop = [] }: Results): string {
  const paint = painter(process.stdout);
  return [
    ...conformance.map((result) => conformReport(result, paint)),
    ...(conformance.length > 1 ? [conformSummary(conformance, paint)] : []),
    ...interop.map((result) => interopReport(result, paint, process.stdout.columns)),
    ...benchmarks.map(benchReport),
  ].join('\n');
}
