import type { BenchmarkResult } from '../../schemas/types.ts';
import { count, plural, swarmSize } from '../figures.ts';

/** What differed in large swarms: shared processes and longer intervals, a sentence each. */
export function largeSwarmSentences({ cells }: BenchmarkResult): string[] {
  const sentences = cells.flatMap(({ peers, intervals, peersPerProcess }) => {
    const facts = [
      ...(peersPerProcess === undefined ? [] : [`shared processes (${peersPerProcess} in each)`]),
      ...(intervals === undefined
        ? []
        : [
            `used longer intervals (${intervals.unchokeMs} ms for choking, ${intervals.infoMs} for have_blocks_info, ${intervals.peersMs} for get_peers)`,
          ]),
    ];
    return facts.length === 0 ? [] : [`${plural(peers, 'peer')} ${facts.join(' and ')}.`];
  });
  return [...new Set(sentences)];
}

/** Which swarms are too large for a replay on the page, a sentence each. */
export function missingReplaySentences(cells: BenchmarkResult['cells'], maxTransfers: number): string[] {
  return cells.flatMap(({ peers, blocks, samples }) => {
    const transferred = samples.find(({ transfers }) => transfers !== undefined)?.transfers?.atMs.length ?? 0;
    if (transferred <= maxTransfers) return [];
    return [
      `${swarmSize(peers, blocks)}: ${count(transferred)} blocks were transferred, too many for a replay here; see the JSON result.`,
    ];
  });
}
