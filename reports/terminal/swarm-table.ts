import { getBorderCharacters, table } from 'table';
import type { BenchmarkCell } from '../../schemas/types.ts';
import { factor, seconds, size } from '../figures.ts';
import { swarmFigures } from '../bench/swarm-figures.ts';

const head = ['Swarm', 'Complete\n(s)', '\nrange', 'Relay\ncosts', 'Start-up\n(s)', 'CPU\n(s)', 'Peak\nmemory'];

/** A line per cell about its swarms as wholes: when all peers were complete (median, range), and what it took. */
export function swarmTable(cells: readonly BenchmarkCell[]): string {
  const rows = cells.map((cell) => {
    const { peers, blocks, windowsMs, medianMs, relayCost, startUpMs, cpuMs, peakMemoryBytes } = swarmFigures(cell);
    const range =
      windowsMs.length < 2 ? '' : `${inSeconds(Math.min(...windowsMs))}–${inSeconds(Math.max(...windowsMs))}`;
    return [
      `${peers} × ${blocks}`,
      ...[inSeconds(medianMs), range, factor(relayCost), inSeconds(startUpMs), inSeconds(cpuMs)],
      peakMemoryBytes === undefined ? '–' : size(peakMemoryBytes),
    ];
  });
  return table([head, ...rows], {
    border: getBorderCharacters('norc'),
    columnDefault: { alignment: 'right' },
    columns: { 0: { alignment: 'left' } },
    drawVerticalLine: (index, width) => index <= 1 || index === width,
    drawHorizontalLine: (index, height) => [0, 1, height].includes(index),
  }).trimEnd();
}

function inSeconds(milliseconds: number | undefined): string {
  return seconds(milliseconds === undefined ? undefined : milliseconds / 1000);
}
