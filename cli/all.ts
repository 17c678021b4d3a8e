import { resolve } from 'node:path';
import { Command } from 'commander';
import { parseSize } from '../bench/grid/size.ts';
import { makeTextFile } from '../bench/swarm/shared-file.ts';
import { selectCases } from '../conformance/judge/select-cases.ts';
import { exitCodesOf } from '../reports/results/by-kind.ts';
import { exitCodes } from '../schemas/exit-codes.ts';
import { seed } from './options/numbers.ts';
import { printResults } from './output/print-results.ts';
import { checkReportFiles, writeReports } from './output/report-files.ts';
import { judgeTargets } from './session/judge-targets.ts';
import { measure } from './session/measure.ts';
import { loadTarget } from './session/target.ts';
import { withSession } from './session/with-session.ts';

interface Options {
  seed: number;
  html: string;
}

/** `minibit all`: judges, measures the paper's six cells at full speed, and writes both to one page. */
export function allCommand(): Command {
  return new Command('all')
    .description("judge an implementation, measure the paper's six swarms, and write one page with both")
    .argument('[manifest]', 'the minibit.json of an implementation, or its folder (default: the reference)')
    .option('--seed <n>', 'random seed', seed, 1)
    .option('--html <file>', 'where to write the page', 'minibit-report.html')
    .action(async (manifest: string | undefined, options: Options) => {
      process.exitCode = await all(manifest, options);
    });
}

async function all(manifest: string | undefined, { seed: randomSeed, html }: Options): Promise<number> {
  await checkReportFiles({ html });
  const target = await loadTarget(manifest);
  const measurement = {
    profile: 'full-speed' as const,
    runKinds: ['counting', 'timing'] as const,
    peers: [3, 5],
    blocks: [20, 100, 200],
    repeat: 1,
    window: 1,
    file: makeTextFile(parseSize('11KB'), randomSeed),
    seed: randomSeed,
  };
  return withSession({}, async (session, signal) => {
    const conformance = await judgeTargets(session, [target], { cases: selectCases([]), seed: randomSeed }, signal);
    printResults(...conformance);
    console.log();
    const benchmark = await measure(session, target.implementation, measurement, signal);
    const results = [...conformance, benchmark];
    if (await writeReports(results, { html })) console.log(`\nThe page with everything:\n${resolve(html)}`);
    return exitCodesOf(results).find((code) => code !== exitCodes.success) ?? exitCodes.success;
  });
}
