import type { BenchmarkResult } from '../../schemas/types.ts';
import { benchTable } from '../bench/table.ts';
import type { Figures } from '../bench/table-row.ts';
import { benchProblems } from '../bench/problems.ts';
import { cellCaption } from '../bench/cell-caption.ts';
import { count, factor, percent, plural, seconds, size } from '../figures.ts';
import { fullSpeedSentences } from '../bench/full-speed.ts';
import { machineLoad } from '../bench/machine-load.ts';
import { deviationSentence } from '../bench/paper-deviation.ts';
import { swarmFigures } from '../bench/swarm-figures.ts';
import { trafficTable } from '../bench/traffic-table.ts';
import { block, folded, inline, table } from './text.ts';

const columns = ['Tempo (s)', 'Msg Enviadas', 'Msg Recebidas'];

/** One benchmark: a line per cell with the means beside the report's, the swarms as wholes, and what went wrong. */
export function benchmarkMarkdown(result: BenchmarkResult): string {
  const { implementation, verdict, interruptedBy, options } = result;
  const cells = result.cells.filter(({ samples }) => samples.length > 0);
  const isCompared = options.profile === 'report';
  const rows = cells.map((cell) => {
    const item = benchTable(cell, options.profile);
    const { measured, report, deviation = {} } = item;
    const far = isCompared
      ? [percent(deviation.seconds), percent(deviation.sent), percent(deviation.received)]
      : [factor(item.factor)];
    return [`${swarm(cell)}${cellCaption(item)}`, ...texts(measured), ...texts(report), ...far];
  });
  const far = isCompared ? columns.map((name) => `${name.replace(' (s)', '')}, deviation`) : ['Factor'];
  const end = interruptedBy === undefined ? '' : ` It was interrupted by ${inline(interruptedBy)}.`;
  const sentence = deviationSentence(result);
  const besides = fullSpeedSentences(result);
  const traffic = trafficTable(cells);
  return [
    `## ${verdict === 'complete' ? '✅' : '❌'} ${inline(implementation.name)}: benchmark ${verdict}`,
    `${size(options.file.sizeBytes)} shared. Means over all peers and samples.${end}`,
    table(['Swarm', ...columns, ...columns.map((name) => `${name}, report`), ...far], rows),
    ...(sentence === undefined ? [] : [sentence]),
    ...(besides.length === 0 ? [] : [besides.map((line) => `- ${line}`).join('\n')]),
    table(
      ['Swarm', 'All complete (s), median', 'Relay costs', 'Start-up (s)', 'CPU (s)', 'Peak memory'],
      cells.map(whole),
    ),
    folded(
      'On the wire',
      table(
        ['', ...cells.map(swarm)],
        traffic.map(({ name, texts: values }) => [name, ...values]),
      ),
    ),
    machineLoad(result),
    ...benchProblems(result).map(({ where, what, stderr }) =>
      folded(inline(where), `${inline(what)}\n\n${block(stderr ?? '')}`),
    ),
  ].join('\n\n');
}

type Cell = BenchmarkResult['cells'][number];

function swarm({ peers, blocks }: Cell): string {
  return `${plural(peers, 'peer')} × ${plural(blocks, 'block')}`;
}

function whole(cell: Cell): string[] {
  const { medianMs, relayCost, startUpMs, cpuMs, peakMemoryBytes } = swarmFigures(cell);
  const times = [medianMs, startUpMs, cpuMs].map((ms) => seconds(ms === undefined ? undefined : ms / 1000));
  const [median = '', startUp = '', cpu = ''] = times;
  const memory = peakMemoryBytes === undefined ? '–' : size(peakMemoryBytes);
  return [swarm(cell), median, factor(relayCost), startUp, cpu, memory];
}

function texts({ seconds: time, sent, received }: Figures): string[] {
  return [seconds(time), count(sent), count(received)];
}
