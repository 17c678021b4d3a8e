import type { BenchmarkCell } from '../../../schemas/types.ts';
import { plural } from '../../figures.ts';
import type { ReplaySwarm } from './replay-swarm.ts';

/** A page with more transfers than this would be slow to open. */
export const maxTransfers = 200_000;

/** The first swarm of a cell whose transfers were seen; none that would make the page slow. */
export function swarmToReplay({ peers, blocks, samples }: BenchmarkCell): ReplaySwarm | undefined {
  const at = samples.findIndex(({ transfers }) => transfers !== undefined && transfers.atMs.length > 0);
  const { transfers, windowMs = 0, peers: rows = [] } = samples[at] ?? {};
  if (transfers === undefined || transfers.atMs.length > maxTransfers) return undefined;
  const atMs = transfers.atMs.map((ms) => Math.round(ms * 10) / 10);
  return {
    name: `${plural(peers, 'peer')} × ${plural(blocks, 'block')}, sample ${at + 1}`,
    peerIds: rows.map(({ peerId }) => peerId),
    blocks,
    endMs: Math.max(windowMs, atMs.at(-1) ?? 0),
    atMs,
    to: transfers.to,
    from: transfers.from,
    block: transfers.block,
  };
}
