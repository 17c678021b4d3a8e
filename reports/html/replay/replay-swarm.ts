/** The transfers of a swarm, in columns, as there may be hundreds of thousands. Times are in ms from the first request. */
export interface ReplaySwarm {
  readonly name: string;
  readonly peerIds: readonly string[];
  readonly blocks: number;
  /** When the swarm completed, or the last transfer if it did not. */
  readonly endMs: number;
  /** When a block was transferred, ascending; to which peer (index in `peerIds`), from which (-1: the tracker). */
  readonly atMs: readonly number[];
  readonly to: readonly number[];
  readonly from: readonly number[];
  readonly block: readonly number[];
}

/** How many transfers had happened by a time. */
export function transfersUntil({ atMs }: ReplaySwarm, timeMs: number): number {
  let [low, high] = [0, atMs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((atMs[middle] ?? 0) <= timeMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many different blocks each peer had after a number of transfers. */
export function blocksHeld({ peerIds, blocks, to, block }: ReplaySwarm, transfers: number): number[] {
  const held = peerIds.map(() => 0);
  const seen = new Uint8Array(peerIds.length * blocks);
  for (let at = 0; at < transfers; at++) {
    const [peer = 0, index = 0] = [to[at], block[at]];
    if (seen[peer * blocks + index]) continue;
    seen[peer * blocks + index] = 1;
    held[peer] = (held[peer] ?? 0) + 1;
  }
  return held;
}

/** How many blocks went over each edge in the transfers from `first` up to `end`, by `edgeKey`. */
export function edgesBetween({ to, from }: ReplaySwarm, first: number, end: number): Map<number, number> {
  const edges = new Map<number, number>();
  for (let at = first; at < end; at++) {
    const key = edgeKey(from[at] ?? -1, to[at] ?? 0);
    edges.set(key, (edges.get(key) ?? 0) + 1);
  }
  return edges;
}

const stride = 1 << 20;

/** An edge as one number. */
export function edgeKey(from: number, to: number): number {
  return (from + 1) * stride + to;
}

/** The inverse of `edgeKey`. */
export function edgeOf(key: number): { from: number; to: number } {
  return { from: Math.floor(key / stride) - 1, to: key % stride };
}
