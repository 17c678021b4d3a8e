import { blocksHeld, edgeOf, edgesBetween, type ReplaySwarm } from '../replay-swarm.ts';
import type { MapPosition } from './map.ts';

/** A time in seconds, with more decimals for short swarms. */
export function timeText(ms: number, endMs: number): string {
  return `${(ms / 1000).toFixed(endMs < 10_000 ? 3 : 1)} s`;
}

/** The state of the swarm in words. */
export function stateText(swarm: ReplaySwarm, transfers: number, recent: number): string {
  const held = blocksHeld(swarm, transfers);
  const complete = held.filter((count) => count === swarm.blocks).length;
  const edges = edgesBetween(swarm, recent, transfers);
  const [busiest] = [...edges].sort(([, a], [, b]) => b - a);
  const all = held.reduce((sum, count) => sum + count, 0);
  const parts = [
    `${all} of ${swarm.peerIds.length * swarm.blocks} blocks arrived`,
    `${complete} of ${swarm.peerIds.length} peers complete`,
    `${edges.size} ${edges.size === 1 ? 'edge' : 'edges'} in use`,
  ];
  if (busiest) {
    const { from, to } = edgeOf(busiest[0]);
    parts.push(`most over ${name(swarm, from)} → ${name(swarm, to)} (${busiest[1]})`);
  }
  return `${parts.join(', ')}.`;
}

/** Who sent the block at a position of the map, and when. */
export function positionText(swarm: ReplaySwarm, { peer, block }: MapPosition, transfers: number): string {
  const at = swarm.to.findIndex((to, index) => to === peer && swarm.block[index] === block);
  const who = name(swarm, peer);
  if (at < 0 || at >= transfers) return `${who} does not have block ${block} yet.`;
  const from = name(swarm, swarm.from[at] ?? -1);
  return `${who} got block ${block} from ${from} at ${timeText(swarm.atMs[at] ?? 0, swarm.endMs)}.`;
}

function name({ peerIds }: ReplaySwarm, peer: number): string {
  return peer < 0 ? 'the tracker' : (peerIds[peer] ?? '');
}
