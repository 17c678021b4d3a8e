import type { BenchmarkResult } from '../../schemas/types.ts';
import { benchTable } from './table.ts';
import { factor, seconds, swarmSize } from '../figures.ts';

/** The times at full speed of a benchmark at the paper's pace, a sentence per swarm; none if it ran no such swarms. */
export function fullSpeedSentences({ fullSpeedCells = [] }: BenchmarkResult): string[] {
  return fullSpeedCells.flatMap((cell) => {
    const { peers, blocks, measured, factor: faster } = benchTable(cell, 'full-speed');
    if (measured.seconds === undefined) return [];
    const compared = faster === undefined ? '' : `, ${factor(faster)} the paper’s speed`;
    return [`At full speed, ${swarmSize(peers, blocks)}: ${seconds(measured.seconds)} s in the mean${compared}.`];
  });
}
