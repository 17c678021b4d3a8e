import type { BenchmarkResult } from '../../schemas/types.ts';
import { benchTable } from '../bench/table.ts';
import { deviationTexts, figureHeads, figureTexts } from '../bench/table-row.ts';
import { benchProblems } from '../bench/problems.ts';
import { outputTails } from '../output-tails.ts';
import { cellCaption } from '../bench/cell-caption.ts';
import { factor, size, swarmSize } from '../figures.ts';
import { fullSpeedSentences } from '../bench/full-speed.ts';
import { machineLoad } from '../bench/machine-load.ts';
import { deviationSentence } from '../bench/paper-deviation.ts';
import { swarmTexts } from '../bench/swarm-figures.ts';
import { trafficTable } from '../bench/traffic-table.ts';
import { block, folded, inline, table } from './text.ts';

/** One benchmark: a row per cell with the means beside the paper's, the whole swarms, and what went wrong. */
export function benchmarkMarkdown(result: BenchmarkResult): string {
  const { implementation, verdict, interruptedBy, options } = result;
  const cells = result.cells.filter(({ samples }) => samples.length > 0);
  const interrupted = interruptedBy === undefined ? '' : ` It was interrupted by ${inline(interruptedBy)}.`;
  const deviation = deviationSentence(result);
  const fullSpeed = fullSpeedSentences(result);
  return [
    `## ${verdict === 'complete' ? '✅' : '❌'} ${inline(implementation.name)}: benchmark ${verdict}`,
    `${size(options.file.sizeBytes)} shared. Means over the complete peers of all samples.${interrupted}`,
    meansTable(cells, options.profile),
    ...(deviation === undefined ? [] : [deviation]),
    ...(fullSpeed.length === 0 ? [] : [fullSpeed.map((line) => `- ${line}`).join('\n')]),
    table(
      ['Swarm', 'All complete (s), median', 'Relay costs', 'Start-up (s)', 'CPU (s)', 'Peak memory'],
      cells.map((cell) => {
        const { complete, relayCost, startUp, cpu, peakMemory } = swarmTexts(cell);
        return [cellName(cell), complete, relayCost, startUp, cpu, peakMemory];
      }),
    ),
    folded(
      'Traffic',
      table(
        ['', ...cells.map(cellName)],
        trafficTable(cells).map(({ name, texts }) => [name, ...texts]),
      ),
    ),
    machineLoad(result),
    ...benchProblems(result).map(({ where, what, printed }) =>
      folded(inline(where), [inline(what), ...outputTails(printed).map(({ text }) => block(text))].join('\n\n')),
    ),
  ].join('\n\n');
}

type Cell = BenchmarkResult['cells'][number];

/** The measured means beside the paper's; at the paper's pace with the deviation, else with the factor. */
function meansTable(cells: readonly Cell[], profile: BenchmarkResult['options']['profile']): string {
  const isCompared = profile === 'report';
  const rows = cells.map((cell) => {
    const item = benchTable(cell, profile);
    const difference = isCompared ? deviationTexts(item.deviation) : [factor(item.factor)];
    return [
      `${cellName(cell)}${cellCaption(item)}`,
      ...figureTexts(item.measured),
      ...figureTexts(item.paper),
      ...difference,
    ];
  });
  const differenceHeads = isCompared ? figureHeads.map((name) => `${name.replace(' (s)', '')}, deviation`) : ['Factor'];
  return table(['Swarm', ...figureHeads, ...figureHeads.map((name) => `${name}, paper`), ...differenceHeads], rows);
}

function cellName({ peers, blocks }: Cell): string {
  return swarmSize(peers, blocks);
}
