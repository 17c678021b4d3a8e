import type { Log, LogEvent } from './log.ts';
import { plainLine } from './plain-line.ts';

export type LogFormat = 'plain' | 'json';

/** A log on standard output: JSON lines, a progress bar on a terminal, or a few plain lines. */
export async function openLog(format: LogFormat): Promise<Log> {
  // Do not fail when the output cannot be written: its reader has ended (head, for example), or its device is full.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  if (format === 'json') return (event) => process.stdout.write(`${JSON.stringify(event)}\n`);
  if (process.stdout.isTTY) return (await import('./progress-bar.ts')).progressBar();
  return plainLog;
}

function plainLog(event: LogEvent): void {
  const line = plainLine(event);
  if (event.event === 'failed') process.stderr.write(`error: ${line}\n`);
  else if (line !== undefined) process.stdout.write(`${line}\n`);
}
