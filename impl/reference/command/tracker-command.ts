import { Command, Option } from 'commander';
import { randomInt } from 'node:crypto';
import { seededRandom } from '../core/random.ts';
import { openLog, type LogFormat } from './open-log.ts';
import { integer } from './parse-options.ts';
import { SourceFile } from '../files/source-file.ts';
import { stopSignal } from './stop-signal.ts';
import { Tracker } from '../tracker.ts';

interface TrackerArguments {
  readonly file: string;
  readonly blocks: number;
  readonly host: string;
  readonly port: number;
  readonly initialBlocks: number;
  readonly seed?: number;
  readonly log: LogFormat;
}

/** `tracker`: shares a file until it is stopped. */
export function trackerCommand(): Command {
  return new Command('tracker')
    .description('share a file: keep the list of peers, and serve the blocks as the first seed')
    .requiredOption('--file <path>', 'file to share')
    .requiredOption('--blocks <n>', 'number of blocks to cut it into', integer(1, 10_000_000))
    .option('--host <address>', 'address to listen on', '127.0.0.1')
    .option('--port <port>', 'port to listen on, 0 for a free one', integer(0, 65535), 0)
    .option('--initial-blocks <n>', 'number of blocks designated to each peer', integer(0), 2)
    .option('--seed <n>', 'random seed', integer(0))
    .addOption(new Option('--log <format>', 'log format').choices(['plain', 'json']).default('plain'))
    .action(async (given: TrackerArguments) => {
      const { host, port, initialBlocks, seed = randomInt(2 ** 31) } = given;
      const file = await SourceFile.open(given.file, given.blocks);
      const log = await openLog(given.log);
      const tracker = await Tracker.start({ file, host, port, initialBlocks, random: seededRandom(seed), log });
      process.exitCode = await stopSignal();
      await tracker.close();
    });
}
