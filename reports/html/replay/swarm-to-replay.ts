import type { BenchmarkCell } from '../../../schemas/types.ts';
import { swarmSize } from '../../figures.ts';
import type { ReplaySwarm } from './replay-swarm.ts';

/** With more transfers, the page would be slow to open. */
export const maxTransfers = 200_000;

/** The first sample of a cell with recorded transfers; undefined if there is none, or its transfers are too many. */
export function swarmToReplay({ peers, blocks, samples }: BenchmarkCell): ReplaySwarm | undefined {
  const at = samples.findIndex(({ transfers }) => transfers !== undefined && transfers.atMs.length > 0);
  const { transfers, windowMs = 0, peers: rows = [] } = samples[at] ?? {};
  if (transfers === undefined || transfers.atMs.length > maxTransfers) return undefined;
  const atMs = transfers.atMs.map((ms) => Math.round(ms * 10) / 10);
  return {
    name: `${swarmSize(peers, blocks)}, sample ${at + 1}`,
    peerIds: rows.map(({ peerId }) => peerId),
    blocks,
    endMs: Math.max(windowMs, atMs.at(-1) ?? 0),
    atMs,
    to: transfers.to,
    from: transfers.from,
    block: transfers.block,
  };
}
