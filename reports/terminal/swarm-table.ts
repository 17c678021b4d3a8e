import { getBorderCharacters, table } from 'table';
import type { BenchmarkCell } from '../../schemas/types.ts';
import { shortSwarmSize } from '../figures.ts';
import { swarmTexts } from '../bench/swarm-figures.ts';

const head = ['Swarm', 'Complete\n(s)', '\nrange', 'Relay\ncosts', 'Start-up\n(s)', 'CPU\n(s)', 'Peak\nmemory'];

/** A row per cell about its whole swarms: when all peers had completed (median, range), and the resources used. */
export function swarmTable(cells: readonly BenchmarkCell[]): string {
  const rows = cells.map((cell) => {
    const { complete, range, relayCost, startUp, cpu, peakMemory } = swarmTexts(cell);
    return [shortSwarmSize(cell), complete, range, relayCost, startUp, cpu, peakMemory];
  });
  return table([head, ...rows], {
    border: getBorderCharacters('norc'),
    columnDefault: { alignment: 'right' },
    columns: { 0: { alignment: 'left' } },
    drawVerticalLine: (index, width) => index <= 1 || index === width,
    drawHorizontalLine: (index, height) => [0, 1, height].includes(index),
  }).trimEnd();
}
