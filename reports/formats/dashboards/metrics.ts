import { median, quantile } from 'simple-statistics';
import type { CompareResult } from '../../../schemas/types.ts';
import { cellTimes } from '../../compare/cell-times.ts';
import { plural } from '../../figures.ts';
import { printable } from '../../../launch/printable.ts';

/** One figure of head that a dashboard may follow from commit to commit; less is better. */
export interface Metric {
  readonly name: string;
  readonly kind: 'time' | 'requests';
  /** Milliseconds, or requests of a whole swarm. */
  readonly value: number;
  /** Quartiles of the rounds, where there are such. */
  readonly quartiles?: readonly [number, number];
}

/** The time of each swarm, and its requests by action where they were counted: medians over the rounds. */
export function metricsOf(result: CompareResult): Metric[] {
  const prefix = printable(result.head.name);
  const swarm = (peers: number, blocks: number): string =>
    `${prefix}: ${plural(peers, 'peer')} × ${plural(blocks, 'block')}`;
  const times = cellTimes(result).flatMap(({ peers, blocks, headMs }): Metric[] => {
    if (headMs.length === 0) return [];
    const values = [...headMs];
    return [
      {
        name: `${swarm(peers, blocks)}, time`,
        kind: 'time',
        value: median(values),
        quartiles: [quantile(values, 0.25), quantile(values, 0.75)],
      },
    ];
  });
  const requests = result.messages.map(({ peers, blocks, action, head }): Metric => {
    return { name: `${swarm(peers, blocks)}, ${action}`, kind: 'requests', value: head };
  });
  return [...times, ...requests];
}
