import { Command, Option } from 'commander';
import { randomInt } from 'node:crypto';
import { seededRandom } from '../core/random.ts';
import { openLog, type LogStyle } from './log-styles.ts';
import { wholeNumber } from './parse-options.ts';
import { SourceFile } from '../files/source-file.ts';
import { onStopSignal } from './stop-signal.ts';
import { Tracker } from '../tracker.ts';

interface TrackerArguments {
  readonly file: string;
  readonly blocks: number;
  readonly host: string;
  readonly port: number;
  readonly initialBlocks: number;
  readonly seed?: number;
  readonly log: LogStyle;
}

/** `minibit tracker`: shares a file until it is stopped. */
export function trackerCommand(): Command {
  return new Command('tracker')
    .description('share a file: keep the list of peers, and be the first to have the blocks')
    .requiredOption('--file <path>', 'the file to share')
    .requiredOption('--blocks <n>', 'how many blocks it is cut into', wholeNumber(1, 10_000_000))
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option('--port <port>', 'the port to listen on, 0 for any', wholeNumber(0, 65535), 0)
    .option('--initial-blocks <n>', 'how many blocks are designated to each peer', wholeNumber(0), 2)
    .option('--seed <n>', 'what chance begins with, to repeat a run', wholeNumber(0))
    .addOption(new Option('--log <style>', 'how to tell of the work').choices(['plain', 'json']).default('plain'))
    .action(async (given: TrackerArguments) => {
      const { host, port, initialBlocks, seed = randomInt(2 ** 31) } = given;
      const file = await SourceFile.open(given.file, given.blocks);
      const log = await openLog(given.log);
      const tracker = await Tracker.start({ file, host, port, initialBlocks, random: seededRandom(seed), log });
      process.exitCode = await onStopSignal();
      await tracker.close();
    });
}
