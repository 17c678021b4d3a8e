/** A program of a swarm: a peer, by its number from 0, or the tracker. */
export type SwarmNode = number | 'tracker';

export function roleOf(node: SwarmNode): 'peer' | 'tracker' {
  return node === 'tracker' ? 'tracker' : 'peer';
}
