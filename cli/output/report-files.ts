import type { Command } from 'commander';
import { UsageError } from '../../launch/usage-error.ts';
import { refusal, reportFormats, type FormatName } from '../../reports/results/report-formats.ts';
import type { Result } from '../../reports/results/result.ts';
import { checkOutputs, writeOutput } from './output.ts';

/** The paths of the files to write, by format. */
export type ReportFiles = Partial<Record<FormatName, string>>;

const formatNames = Object.keys(reportFormats) as FormatName[];

export function addReportOptions(command: Command, ...names: FormatName[]): Command {
  for (const name of names) command.option(`${reportFormats[name].option} <file>`, reportFormats[name].help);
  return command;
}

/** Checks, before a long session, that all files can be written. @throws UsageError */
export async function checkReportFiles(files: ReportFiles): Promise<void> {
  await checkOutputs(formatNames.map((name) => files[name]));
}

/** Writes the results to each of the files. @throws UsageError if a format cannot show them; then no file is written */
export async function writeReports(results: readonly Result[], files: ReportFiles): Promise<void> {
  const wanted = formatNames.flatMap((name) => (files[name] === undefined ? [] : [{ name, path: files[name] }]));
  for (const { name } of wanted) {
    const reason = refusal(name, results);
    if (reason !== undefined) throw new UsageError(reason);
  }
  for (const { name, path } of wanted) await writeOutput(path, await reportFormats[name].render(results));
}
