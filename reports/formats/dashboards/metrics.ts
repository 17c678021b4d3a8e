import { median, quantile } from 'simple-statistics';
import type { CompareResult } from '../../../schemas/types.ts';
import { cellTimes } from '../../compare/cell-times.ts';
import { plural } from '../../figures.ts';
import { printable } from '../../../launch/printable.ts';

/** A figure of head for a dashboard to track over commits; less is better. */
export interface Metric {
  readonly name: string;
  readonly kind: 'time' | 'requests';
  /** Milliseconds, or requests of the whole swarm. */
  readonly value: number;
  /** First and third quartile over the rounds, for times. */
  readonly quartiles?: readonly [number, number];
}

/** Per swarm the median time, and the median requests by action if they were counted. */
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
