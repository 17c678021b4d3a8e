import type { Log, LogEvent } from './log.ts';
import { plainLine } from './plain-line.ts';

export type LogStyle = 'plain' | 'json';

/** A log on standard output: lines of JSON, a progress bar on a terminal, or a few plain lines. */
export async function openLog(style: LogStyle): Promise<Log> {
  // A reader that goes away (head, say) is no reason to fail.
  process.stdout.on('error', () => undefined);
  if (style === 'json') return (event) => process.stdout.write(`${JSON.stringify(event)}\n`);
  if (process.stdout.isTTY) return (await import('./progress-bar.ts')).progressBar();
  return plainLog;
}

function plainLog(event: LogEvent): void {
  const line = plainLine(event);
  if (event.event === 'failed') process.stderr.write(`error: ${line}\n`);
  else if (line !== undefined) process.stdout.write(`${line}\n`);
}
