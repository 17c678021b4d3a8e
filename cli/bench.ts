import { Command, Option } from 'commander';
import type { BenchmarkOptions } from '../bench/grid/benchmark.ts';
import { linkShape, parseBandwidth, parseDuration } from '../bench/grid/link-options.ts';
import { parseSize } from '../bench/grid/size.ts';
import type { LinkShape } from '../bench/relay/line-schedule.ts';
import { makeTextFile, readSharedFile, type SharedFile } from '../bench/swarm/shared-file.ts';
import { loadImplementation } from '../launch/manifest/load-implementation.ts';
import { UsageError } from '../launch/usage-error.ts';
import { kinds } from '../reports/results/kinds.ts';
import { integer, integers, seed } from './options/numbers.ts';
import { addReportOptions, checkReportFiles, writeReports, type ReportFiles } from './output/report-files.ts';
import { measure } from './session/measure.ts';
import { withSession } from './session/with-session.ts';

interface Options extends ReportFiles {
  pass?: 'counting' | 'timing';
  profile: BenchmarkOptions['profile'];
  peers: number[];
  blocks: number[];
  file?: string;
  size?: number;
  repeat: number;
  window: number;
  peersPerProcess: number;
  latency?: number;
  bandwidth?: number;
  seed: number;
  keep?: boolean;
}

/** `minibit bench`: measures the swarms of an implementation. */
export function benchCommand(): Command {
  const command = new Command('bench')
    .description("run swarms of real processes; measure their times and messages beside the paper's")
    .argument('[manifest]', 'the minibit.json of an implementation, or its folder (default: the reference)')
    .addOption(
      new Option('--profile <name>', "at full speed only, or also at the paper's pace (about ten minutes)")
        .choices(['full-speed', 'report'])
        .default('full-speed'),
    )
    .option('--peers <list>', 'numbers of peers', integers('--peers', 1, 10_000), [3, 5])
    .option('--blocks <list>', 'numbers of blocks', integers('--blocks', 1, 1_000_000), [20, 100, 200])
    .option('--file <path>', 'the file to share')
    .option('--size <size>', 'share a generated text of this size (default: 11KB)', parseSize)
    .option('--repeat <n>', 'samples per swarm, with and without the relay each', integer('--repeat', 1, 10_000), 1)
    .addOption(
      new Option('--pass <name>', 'only count with the relay, or only time without it (default: both)').choices([
        'counting',
        'timing',
      ]),
    )
    .option('--window <k>', 'block requests in flight per peer, where supported', integer('--window', 1, 10_000), 1)
    .option(
      '--peers-per-process <n>',
      'peers that share a process, where supported, for swarms of thousands; needs --pass timing',
      integer('--peers-per-process', 1, 10_000),
      1,
    )
    .option('--latency <time>', 'delay of every connection, one way, such as 5ms', parseDuration)
    .option(
      '--bandwidth <rate>',
      'limit for all connections between two programs together, each way, such as 10MB/s',
      parseBandwidth,
    )
    .option('--seed <n>', 'random seed of the generated text', seed, 1);
  return addReportOptions(command, 'json', 'html')
    .option('--keep', 'keep the workspaces of the programs')
    .action(async (manifest: string | undefined, options: Options) => {
      process.exitCode = await bench(manifest, options);
    });
}

async function bench(manifest: string | undefined, options: Options): Promise<number> {
  if (options.file !== undefined && options.size !== undefined) {
    throw new UsageError('--file and --size exclude each other: a file has its own size.');
  }
  await checkReportFiles(options);
  const implementation = await loadImplementation(manifest);
  const file = await fileOf(options);
  return withSession({ keep: options.keep === true }, async (session, signal) => {
    const links = linkShape(options.latency, options.bandwidth);
    const measurement = { ...options, file, runKinds: runKindsOf(options.pass, links), ...(links && { links }) };
    const result = await measure(session, implementation, measurement, signal);
    await writeReports([result], options);
    return kinds.benchmark.exitCode(result);
  });
}

async function fileOf({ file, size = parseSize('11KB'), seed: textSeed }: Options): Promise<SharedFile> {
  return file === undefined ? makeTextFile(size, textSeed) : readSharedFile(file);
}

/** Shaped links need the relay. @throws UsageError */
function runKindsOf(pass: Options['pass'], links: LinkShape | undefined): BenchmarkOptions['runKinds'] {
  if (links && pass === 'timing') {
    throw new UsageError('--pass timing runs without the relay, which --latency and --bandwidth need.');
  }
  if (pass !== undefined) return [pass];
  return links ? ['counting'] : ['counting', 'timing'];
}
