import { resolve } from 'node:path';
import { Command } from 'commander';
import { makeTextFile } from '../bench/swarm/shared-file.ts';
import { parseSize } from '../bench/grid/size.ts';
import { selectCases } from '../conformance/judge/select-cases.ts';
import { painter } from '../reports/terminal/colour.ts';
import { conformReport } from '../reports/terminal/conform-report.ts';
import { benchExitCode, measureAndPrint } from './bench.ts';
import { conformExitCode, judgeTargets, loadTarget } from './session/judge.ts';
import { wholeNumber } from './options/numbers.ts';
import { checkOutput } from './output/output.ts';
import { writeReports } from './output/report-files.ts';
import { withSession } from './session/with-session.ts';

interface Options {
  seed: number;
  html: string;
}

/** `minibit all`: judges, measures the report's six cells, and writes both onto one page, whose path is the last line. */
export function allCommand(): Command {
  return new Command('all')
    .description("judge an implementation, measure the report's six swarms, and write one page with both")
    .argument('[manifest]', 'the minibit.json of an implementation, or its folder (default: the reference)')
    .option('--seed <n>', 'seed of all chance', wholeNumber('--seed', 0, 2 ** 31 - 1), 1)
    .option('--html <file>', 'where the page goes', 'minibit-report.html')
    .action(async (manifest: string | undefined, options: Options) => {
      process.exitCode = await all(manifest, options);
    });
}

async function all(manifest: string | undefined, { seed, html }: Options): Promise<number> {
  await checkOutput(html);
  const target = await loadTarget(manifest);
  const { implementation } = target;
  const file = makeTextFile(parseSize('11KB'), seed);
  const profile = 'full-speed' as const;
  const passes = ['counting', 'timing'] as const;
  const measurement = { profile, passes, peers: [3, 5], blocks: [20, 100, 200], repeat: 1, window: 1, file, seed };
  return withSession({}, async (session, signal) => {
    const conformance = await judgeTargets(session, [target], { cases: selectCases([]), seed }, signal);
    const paint = painter(process.stdout);
    for (const result of conformance) process.stdout.write(`${conformReport(result, paint)}\n`);
    const benchmark = await measureAndPrint(session, implementation, measurement, signal);
    await writeReports({ conformance, benchmarks: [benchmark] }, { html });
    console.log(`\nThe page with everything:\n${resolve(html)}`);
    const code = Math.max(...conformance.map(conformExitCode));
    return code === 0 ? benchExitCode(benchmark) : code;
  });
}
