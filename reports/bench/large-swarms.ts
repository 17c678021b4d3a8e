import type { BenchmarkResult } from '../../schemas/types.ts';
import { count, plural } from '../figures.ts';

/** How large swarms were run otherwise than small ones, a sentence for each. */
export function largeSwarmSentences({ cells }: BenchmarkResult): string[] {
  const sentences = cells.flatMap(({ peers, intervals, peersPerProcess }) => {
    const shared = peersPerProcess === undefined ? [] : [`shared processes (${peersPerProcess} in each)`];
    const told = intervals
      ? [
          `were told longer intervals (${intervals.unchokeMs} ms for choking, ${intervals.infoMs} for have_blocks_info, ${intervals.peersMs} for get_peers)`,
        ]
      : [];
    const facts = [...shared, ...told];
    return facts.length === 0 ? [] : [`${plural(peers, 'peer')} ${facts.join(' and ')}.`];
  });
  return [...new Set(sentences)];
}

/** Of which swarms the page has no replay because of their size, a sentence for each. */
export function missingReplaySentences(cells: BenchmarkResult['cells'], mostTransfers: number): string[] {
  return cells.flatMap(({ peers, blocks, samples }) => {
    const handedOver = samples.find(({ transfers }) => transfers !== undefined)?.transfers?.atMs.length ?? 0;
    if (handedOver <= mostTransfers) return [];
    const swarm = `${plural(peers, 'peer')} × ${plural(blocks, 'block')}`;
    return [`${swarm}: ${count(handedOver)} blocks were handed over, too many to be replayed here; the JSON has them.`];
  });
}
