import type { BenchmarkSample } from '../../schemas/types.ts';
import type { Traffic } from '../relay/traffic.ts';

export type Transfers = NonNullable<BenchmarkSample['transfers']>;

/**
 * Every block that was handed over, in the order of time, one column per fact; -1 stands for the tracker. Blocks that
 * came with a registration are there at the time of its answer. Times are in milliseconds from the first request, with
 * two decimals.
 */
export function transfers(traffic: Traffic): Transfers {
  const all = traffic.transfers();
  const startMs = traffic.firstRequestAtMs ?? 0;
  return {
    atMs: all.map(({ atMs }) => Math.round((atMs - startMs) * 100) / 100),
    to: all.map(({ to }) => to),
    from: all.map(({ from }) => (from === 'tracker' ? -1 : from)),
    block: all.map(({ block }) => block),
  };
}
