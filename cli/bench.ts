import { Command, Option } from 'commander';
import { benchmark, type BenchmarkOptions } from '../bench/grid/benchmark.ts';
import { makeTextFile, readSharedFile } from '../bench/swarm/shared-file.ts';
import { linkShape, parseBandwidth, parseDuration } from '../bench/grid/link-options.ts';
import type { LinkShape } from '../bench/relay/line-schedule.ts';
import { parseSize } from '../bench/grid/size.ts';
import { loadImplementation } from '../launch/manifest/load-implementation.ts';
import type { Implementation } from '../launch/manifest/implementation.ts';
import type { Session } from '../launch/session.ts';
import { UsageError } from '../launch/usage-error.ts';
import { benchProgress } from '../reports/terminal/bench-progress.ts';
import { benchReport } from '../reports/terminal/bench-report.ts';
import type { BenchmarkResult } from '../schemas/types.ts';
import { wholeNumber, wholeNumbers } from './options/numbers.ts';
import { checkOutputs, writeOutput } from './output/output.ts';
import { writeReports } from './output/report-files.ts';
import { withSession } from './session/with-session.ts';

interface Options {
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
  json?: string;
  html?: string;
  keep?: boolean;
}

/** `minibit bench`: exit code 0 complete, 1 incomplete, 2 bad usage, 3 the harness could not, 130 and 143 interrupted. */
export function benchCommand(): Command {
  return new Command('bench')
    .description('run swarms of real processes, and time and count them beside the figures of the report')
    .argument('[manifest]', 'the minibit.json of an implementation, or its folder (default: the reference)')
    .addOption(
      new Option(
        '--profile <name>',
        'how fast the peers go: at full speed, or also at the pace of the report, ten minutes',
      )
        .choices(['full-speed', 'report'])
        .default('full-speed'),
    )
    .option('--peers <list>', 'numbers of peers', wholeNumbers('--peers', 1, 10_000), [3, 5])
    .option('--blocks <list>', 'numbers of blocks', wholeNumbers('--blocks', 1, 1_000_000), [20, 100, 200])
    .option('--file <path>', 'share this file')
    .option('--size <size>', 'share a text of this size, made by the harness (default: 11KB)', parseSize)
    .option(
      '--repeat <n>',
      'samples of each combination, with and without the relay',
      wholeNumber('--repeat', 1, 10_000),
      1,
    )
    .addOption(
      new Option('--pass <name>', 'only with the relay, or only without (default: both)').choices([
        'counting',
        'timing',
      ]),
    )
    .option('--window <k>', 'block requests in flight per peer, if it can', wholeNumber('--window', 1, 10_000), 1)
    .option(
      '--peers-per-process <n>',
      'let peers share processes, if they can, so that thousands fit on this machine; with --pass timing',
      wholeNumber('--peers-per-process', 1, 10_000),
      1,
    )
    .option('--latency <time>', 'let every connection delay what it carries, one way, such as 5ms', parseDuration)
    .option(
      '--bandwidth <rate>',
      'let those between two programs carry no more than this together, each way, such as 10MB/s',
      parseBandwidth,
    )
    .option('--seed <n>', 'seed of the text', wholeNumber('--seed', 0, 2 ** 31 - 1), 1)
    .option('--json <file>', 'write the result, with every sample')
    .option('--html <file>', 'write the result as a page')
    .option('--keep', 'keep the workspaces of the programs')
    .action(async (manifest: string | undefined, options: Options) => {
      process.exitCode = await bench(manifest, options);
    });
}

async function bench(manifest: string | undefined, options: Options): Promise<number> {
  if (options.file !== undefined && options.size !== undefined) {
    throw new UsageError('--file and --size exclude each other: a file has its own size.');
  }
  await checkOutputs([options.json, options.html]);
  const implementation = await loadImplementation(manifest);
  const file =
    options.file === undefined
      ? makeTextFile(options.size ?? parseSize('11KB'), options.seed)
      : await readSharedFile(options.file);

  return withSession({ keep: options.keep === true }, async (session, signal) => {
    const links = linkShape(options.latency, options.bandwidth);
    const measured = { ...options, file, passes: passesOf(options.pass, links), ...(links && { links }) };
    const result = await measureAndPrint(session, implementation, measured, signal);
    await write(result, options);
    return benchExitCode(result);
  });
}

/** 0 if every file was complete, 1 if not, 3 if that could not be found out. */
export function benchExitCode({ verdict, brokenOff }: BenchmarkResult): number {
  if (brokenOff !== undefined) return 3;
  return verdict === 'complete' ? 0 : 1;
}

/** Shaped links are the relay's: without it there are none. @throws UsageError */
function passesOf(pass: Options['pass'], links: LinkShape | undefined): BenchmarkOptions['passes'] {
  if (links && pass === 'timing') {
    throw new UsageError('--pass timing has no relay, and so no --latency and no --bandwidth.');
  }
  if (pass !== undefined) return [pass];
  return links ? ['counting'] : ['counting', 'timing'];
}

/** Measures with live progress and prints the tables. @throws UsageError */
export async function measureAndPrint(
  session: Session,
  implementation: Implementation,
  options: BenchmarkOptions,
  signal: AbortSignal,
): Promise<BenchmarkResult> {
  const progress = benchProgress(process.stderr);
  const result = await benchmark(session, implementation, options, signal, (event) => progress.update(event)).finally(
    () => progress.end(),
  );
  process.stdout.write(benchReport(result));
  return result;
}

async function write(result: BenchmarkResult, { json, html }: Options): Promise<void> {
  if (json !== undefined) await writeOutput(json, `${JSON.stringify(result, undefined, 2)}\n`);
  if (html !== undefined) await writeReports({ conformance: [], benchmarks: [result] }, { html });
}
