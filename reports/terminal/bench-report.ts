import type { BenchmarkResult } from '../../schemas/types.ts';
import { benchTable } from '../bench/table.ts';
import { benchProblems } from '../bench/problems.ts';
import { outputTails } from '../output-tails.ts';
import { size } from '../figures.ts';
import { fullSpeedSentences } from '../bench/full-speed.ts';
import { largeSwarmSentences } from '../bench/large-swarms.ts';
import { machineLoad } from '../bench/machine-load.ts';
import { oneLine } from '../one-line.ts';
import { printableCopy } from '../printable-copy.ts';
import { deviationSentence } from '../bench/paper-deviation.ts';
import { cellTable } from './cell-table.ts';
import { swarmTable } from './swarm-table.ts';
import { wrap } from './wrap.ts';

/** In a swarm of hundreds, most problems are alike. */
const shownProblems = 10;

/** A benchmark as text of at most 80 columns: one table per cell, with the paper's columns, and what went wrong. */
export function benchReport(untrusted: BenchmarkResult): string {
  const result = printableCopy(untrusted);
  const { implementation, roles, options, verdict, interruptedBy } = result;
  const { name, version } = implementation;
  const cells = result.cells.filter(({ samples }) => samples.length > 0);
  const head = [
    `${name}${version === undefined ? '' : ` ${version}`}, ${size(options.file.sizeBytes)} shared (about 11 KB in the paper)`,
    ...(roles.tracker === roles.peer ? [] : [`tracker: ${roles.tracker}, peers: ${roles.peer}`]),
  ].map(oneLine);
  const tables = cells.map((cell) => cellTable(benchTable(cell, options.profile)));
  const deviation = deviationSentence(result);
  const fullSpeed = fullSpeedSentences(result);
  const problems = benchProblems(result);
  const shown = problems
    .slice(0, shownProblems)
    .map(({ where, what, printed }) =>
      [`${where}: ${what}`, ...outputTails(printed).map(({ text }) => indent(text))].join('\n'),
    );
  const left = problems.length - shownProblems;
  const end = [
    verdict,
    ...(interruptedBy === undefined ? [] : [`interrupted by ${interruptedBy}`]),
    ...(cells.length === 0 ? ['nothing was measured'] : []),
  ].join(', ');
  return (
    [
      head.join('\n'),
      ...tables,
      ...(deviation === undefined ? [] : [wrap(deviation)]),
      ...(fullSpeed.length === 0 ? [] : [fullSpeed.map((line) => wrap(line)).join('\n')]),
      ...(cells.length === 0 ? [] : [swarmTable(cells)]),
      ...largeSwarmSentences(result).map((line) => wrap(line)),
      wrap(machineLoad(result)),
      ...shown,
      ...(left > 0 ? [`${left} more problems: see the JSON result or the page.`] : []),
      `Benchmark: ${end}`,
    ].join('\n\n') + '\n'
  );
}

function indent(text: string): string {
  return text.trimEnd().replace(/^/gm, '    ');
}
