import { Command } from 'commander';
import { readResults } from '../reports/results/read-results.ts';
import { printResults } from './output/print-results.ts';
import { addReportOptions, checkReportFiles, writeReports, type ReportFiles } from './output/report-files.ts';

/** `minibit report`: shows stored results. */
export function reportCommand(): Command {
  const command = new Command('report')
    .description('make reports from stored results; without an option, print the results')
    .argument('<results...>', 'files written by conform, bench, compare or interop with --json');
  addReportOptions(command, 'html', 'markdown', 'junit', 'badge', 'csv', 'benchmarkAction', 'bencher');
  return command.action(report);
}

async function report(paths: string[], files: ReportFiles): Promise<void> {
  await checkReportFiles(files);
  const results = (await Promise.all(paths.map(readResults))).flat();
  if (Object.keys(files).length > 0) await writeReports(results, files);
  else printResults(...results);
}
