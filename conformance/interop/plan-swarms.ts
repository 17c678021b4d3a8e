import type { Implementation } from '../../launch/manifest/implementation.ts';

/** One swarm to run. Implementations are given by their number in the list of all. */
export interface PlannedSwarm {
  readonly kind: 'pair' | 'all';
  readonly tracker: number;
  /** In a pair, the implementation of the other peers. */
  readonly other?: number;
  /** One entry per peer: its implementation. */
  readonly peers: readonly number[];
  readonly file: 'text' | 'binary';
}

/**
 * The swarms that test each implementation with each. A pair (A, B), also A = B, is the tracker of A with one peer of A and
 * two of B: so peers of B meet the tracker of A, a peer of A and one of their own. The swarm of all is the first tracker with
 * a peer of each. Swarms whose implementations all declare the extension `encoding` share a binary file, too, in a second
 * swarm. Roles that an implementation does not have are left out.
 */
export function planSwarms(implementations: readonly Implementation[]): PlannedSwarm[] {
  const numbers = [...implementations.keys()];
  const trackers = numbers.filter((number) => implementations[number]?.manifest.tracker);
  const peers = numbers.filter((number) => implementations[number]?.manifest.peer);
  const pairs = trackers.flatMap((tracker) =>
    peers.map((other) => {
      const own = peers.includes(tracker) ? [tracker] : [];
      return { kind: 'pair' as const, tracker, other, peers: [...own, other, other] };
    }),
  );
  const all = trackers.slice(0, 1).map((tracker) => ({ kind: 'all' as const, tracker, peers }));
  return [...pairs, ...all].flatMap((swarm) => {
    const takesPart = new Set([swarm.tracker, ...swarm.peers]);
    const isBinaryToo = [...takesPart].every((number) =>
      implementations[number]?.manifest.extensions?.includes('encoding'),
    );
    const text = { ...swarm, file: 'text' as const };
    return isBinaryToo ? [text, { ...swarm, file: 'binary' as const }] : [text];
  });
}
