import type { Command } from 'commander';
import { errorMessage } from '../../launch/error-message.ts';
import { UsageError } from '../../launch/usage-error.ts';
import { refusal, reportFormats, type FormatName } from '../../reports/results/report-formats.ts';
import type { Result } from '../../reports/results/result.ts';
import { reportLostFile } from './output-problems.ts';
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

/**
 * Writes the results to each of the files. One that cannot be written is said on standard error; the others are written.
 * @returns whether all were written
 * @throws UsageError if a format cannot show the results; then no file is written
 */
export async function writeReports(results: readonly Result[], files: ReportFiles): Promise<boolean> {
  const wanted = formatNames.flatMap((name) => (files[name] === undefined ? [] : [{ name, path: files[name] }]));
  for (const { name } of wanted) {
    const reason = refusal(name, results);
    if (reason !== undefined) throw new UsageError(reason);
  }
  let areAllWritten = true;
  for (const { name, path } of wanted) {
    const text = await reportFormats[name].render(results);
    await writeOutput(path, text).catch((error: unknown) => {
      areAllWritten = false;
      reportLostFile(path, errorMessage(error));
    });
  }
  return areAllWritten;
}
