import type { BenchmarkCell } from '../../../schemas/types.ts';
import { swarmTexts } from '../../bench/swarm-figures.ts';
import { shortSwarmSize } from '../../figures.ts';
import { textCard } from '../text-card.ts';

const heads = ['Swarm', 'All complete (s)', 'Relay costs', 'Start-up (s)', 'CPU, all processes (s)', 'Peak memory'];

/** The whole swarms, a row per cell. */
export function swarmsCard(cells: readonly BenchmarkCell[]): string {
  const rows = cells.map((cell) => {
    const { complete, relayCost, startUp, cpu, peakMemory } = swarmTexts(cell);
    return [shortSwarmSize(cell), complete, relayCost, startUp, cpu, peakMemory];
  });
  return textCard(heads, rows);
}
