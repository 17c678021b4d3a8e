import type { BenchmarkResult } from '../../schemas/types.ts';
import { benchTable } from '../bench/table.ts';
import { benchProblems } from '../bench/problems.ts';
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

/** What went wrong in a swarm of hundreds mostly went wrong in the same way. */
const shownTroubles = 10;

/** A whole result as text of at most 80 columns: one table per cell, with the report's columns, and what went wrong. */
export function benchReport(untrusted: BenchmarkResult): string {
  const result = printableCopy(untrusted);
  const { implementation, roles, options, verdict, interruptedBy } = result;
  const { name, version } = implementation;
  const cells = result.cells.filter(({ samples }) => samples.length > 0);
  const head = [
    `${name}${version === undefined ? '' : ` ${version}`}, ${size(options.file.sizeBytes)} shared (in the report about 11 KB)`,
    ...(roles.tracker === roles.peer ? [] : [`tracker: ${roles.tracker}, peers: ${roles.peer}`]),
  ].map(oneLine);
  const tables = cells.map((cell) => cellTable(benchTable(cell, options.profile)));
  const sentence = deviationSentence(result);
  const besides = fullSpeedSentences(result);
  const all = benchProblems(result);
  const troubles = all
    .slice(0, shownTroubles)
    .map(({ where, what, stderr }) => `${where}: ${what}${stderr === undefined ? '' : `\n${indent(stderr)}`}`);
  const end = interruptedBy === undefined ? verdict : `${verdict}, interrupted by ${interruptedBy}`;
  return (
    [
      head.join('\n'),
      ...tables,
      ...(sentence === undefined ? [] : [wrap(sentence)]),
      ...(besides.length === 0 ? [] : [besides.map((line) => wrap(line)).join('\n')]),
      ...(cells.length === 0 ? [] : [swarmTable(cells)]),
      ...largeSwarmSentences(result).map((line) => wrap(line)),
      wrap(machineLoad(result)),
      ...troubles,
      ...(all.length > shownTroubles
        ? [`${all.length - shownTroubles} more went wrong: see the JSON or the page.`]
        : []),
      `Benchmark: ${end}`,
    ].join('\n\n') + '\n'
  );
}

function indent(text: string): string {
  return text.trimEnd().replace(/^/gm, '    ');
}
