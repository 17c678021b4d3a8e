import type { LogEvent } from './log.ts';

/** The event as a line of text; undefined for frequent events. */
export function plainLine(event: LogEvent): string | undefined {
  switch (event.event) {
    case 'listening':
      return `listening on ${event.host}:${event.port}`;
    case 'registered':
      return `registered, ${event.blocks} of ${event.totalBlocks} blocks`;
    case 'complete':
      return `complete after ${event.seconds.toFixed(2)} s: ${event.output}`;
    case 'left-out':
      return `the tracker lists what is no peer (${event.entries} of its entries): it is left out`;
    case 'failed':
      return event.reason;
    case 'block':
    case 'counters':
      return undefined;
  }
}
