import type { BenchmarkResult } from '../../schemas/types.ts';
import { benchTable } from './table.ts';
import { factor, plural, seconds } from '../figures.ts';

/** What the same swarms take at full speed, beside those at the report's pace: a sentence each; none if they did not run. */
export function fullSpeedSentences({ fullSpeedCells = [] }: BenchmarkResult): string[] {
  return fullSpeedCells.flatMap((cell) => {
    const { peers, blocks, measured, factor: faster } = benchTable(cell, 'full-speed');
    if (measured.seconds === undefined) return [];
    const compared = faster === undefined ? '' : `, ${factor(faster)} the report’s speed`;
    return [
      `At full speed, ${plural(peers, 'peer')} × ${plural(blocks, 'block')}: ${seconds(measured.seconds)} s in the mean${compared}.`,
    ];
  });
}
