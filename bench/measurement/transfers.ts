import type { BenchmarkSample } from '../../schemas/types.ts';
import type { MessageCounter } from '../relay/message-counter.ts';

export type Transfers = NonNullable<BenchmarkSample['transfers']>;

/**
 * Every block transfer in the order of time, one column per fact; -1 stands for the tracker. Blocks that came with a
 * registration have the time of its answer. Times are in milliseconds from the first request, with two decimals.
 */
export function transfers(counter: MessageCounter): Transfers {
  const all = counter.transfers();
  const startMs = counter.firstRequestAtMs ?? 0;
  return {
    atMs: all.map(({ atMs }) => Math.round((atMs - startMs) * 100) / 100),
    to: all.map(({ to }) => to),
    from: all.map(({ from }) => (from === 'tracker' ? -1 : from)),
    block: all.map(({ block }) => block),
  };
}
