import type { Log, LogEvent } from './log.ts';

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

/** The event in words, or nothing where it is not worth a line. */
export function plainLine(event: LogEvent): string | undefined {
  switch (event.event) {
    case 'listening':
      return `listening on ${event.host}:${event.port}`;
    case 'registered':
      return `registered, ${event.blocks} of ${event.totalBlocks} blocks`;
    case 'complete':
      return `complete after ${event.seconds.toFixed(2)} s: ${event.output}`;
    case 'failed':
      return event.reason;
    case 'block':
    case 'counters':
      return undefined;
  }
}
