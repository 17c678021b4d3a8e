import { Presets, SingleBar } from 'cli-progress';
import type { Log } from './log.ts';
import { plainLine } from './plain-line.ts';

/** A log for a terminal: a bar for the blocks, and lines for other events. */
export function progressBar(): Log {
  const bar = new SingleBar({ format: '{bar} {value}/{total} blocks', hideCursor: true }, Presets.shades_classic);
  return (event) => {
    switch (event.event) {
      case 'registered':
        bar.start(event.totalBlocks, event.blocks);
        break;
      case 'block':
        bar.update(event.blocks);
        break;
      case 'left-out':
        // The bar goes on below the line.
        process.stdout.write(`\n${plainLine(event) ?? ''}\n`);
        break;
      default: {
        bar.stop();
        const line = plainLine(event);
        if (line !== undefined) process.stdout.write(`${line}\n`);
      }
    }
  };
}
