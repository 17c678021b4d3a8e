import type { BenchmarkResult } from '../../schemas/types.ts';
import { benchTable, type Figures } from '../bench-table.ts';
import { benchTroubles } from '../bench-troubles.ts';
import { count, factor, plural, seconds, size } from '../figures.ts';
import { block, folded, inline, table } from './text.ts';

const columns = ['Tempo (s)', 'Msg Enviadas', 'Msg Recebidas'];

/** One benchmark: a line per cell with the means beside the report's, and what went wrong. */
export function benchmarkMarkdown(result: BenchmarkResult): string {
  const { implementation, verdict, interruptedBy, cells, options } = result;
  const rows = cells
    .filter(({ samples }) => samples.length > 0)
    .map((cell) => {
      const { peers, blocks, measured, report, factor: faster } = benchTable(cell);
      return [
        `${plural(peers, 'peer')} × ${plural(blocks, 'block')}`,
        ...texts(measured),
        ...texts(report),
        factor(faster),
      ];
    });
  const end = interruptedBy === undefined ? '' : ` It was interrupted by ${inline(interruptedBy)}.`;
  return [
    `## ${verdict === 'complete' ? '✅' : '❌'} ${inline(implementation.name)}: benchmark ${verdict}`,
    `${size(options.file.sizeBytes)} shared. Means over all peers and samples.${end}`,
    table(['Swarm', ...columns, ...columns.map((name) => `${name}, report`), 'Factor'], rows),
    ...benchTroubles(result).map(({ where, what, stderr }) =>
      folded(inline(where), `${inline(what)}\n\n${block(stderr ?? '')}`),
    ),
  ].join('\n\n');
}

function texts({ seconds: time, sent, received }: Figures): string[] {
  return [seconds(time), count(sent), count(received)];
}
