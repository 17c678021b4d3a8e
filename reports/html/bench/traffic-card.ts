import type { BenchmarkCell } from '../../../schemas/types.ts';
import { trafficTable } from '../../bench/traffic-table.ts';
import { shortSwarmSize } from '../../figures.ts';
import { textCard } from '../text-card.ts';

/** What the relay counted besides messages, a column per cell. */
export function trafficCard(cells: readonly BenchmarkCell[]): string {
  const rows = trafficTable(cells).map(({ name, texts }) => [name, ...texts]);
  return textCard(['Mean', ...cells.map(shortSwarmSize)], rows);
}
