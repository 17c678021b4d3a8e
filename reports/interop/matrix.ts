import type { InteropResult, InteropSwarm } from '../../schemas/types.ts';

/** The outcome of the swarms that pair one implementation's tracker with another's peers; `none`: no such swarm ran. */
export interface InteropCell {
  readonly state: InteropSwarm['state'] | 'none';
  /** The blamed implementations, as indices into the result's list, ascending. */
  readonly blamed: readonly number[];
}

/** Rows: the implementation of the tracker. Columns: that of the other peers. */
export function interopMatrix({ implementations, swarms }: InteropResult): InteropCell[][] {
  return implementations.map((_row, tracker) =>
    implementations.map((_column, other) =>
      interopCell(swarms.filter((swarm) => swarm.tracker === tracker && swarm.other === other)),
    ),
  );
}

/** The worst state of some swarms, and every implementation that is blamed in them. */
export function interopCell(swarms: readonly InteropSwarm[]): InteropCell {
  const states = swarms.map(({ state }) => state);
  const state = (['failed', 'stopped', 'ok'] as const).find((one) => states.includes(one)) ?? 'none';
  return { state, blamed: [...new Set(swarms.flatMap(({ failure }) => failure?.blamed ?? []))].sort((a, b) => a - b) };
}

/** The blamed implementations as the matrix shows them, counted from 1; `?` if the fault is undetermined. */
export function blamedNumbers({ blamed }: InteropCell): string {
  return blamed.map((number) => number + 1).join(',') || '?';
}

/** How many swarms each implementation is blamed for, most first; without those that are never blamed. */
export function blameCounts({ implementations, swarms }: InteropResult): { number: number; swarms: number }[] {
  return implementations
    .map((_one, number) => ({
      number,
      swarms: swarms.filter(({ failure }) => failure?.blamed.includes(number)).length,
    }))
    .filter((count) => count.swarms > 0)
    .sort((a, b) => b.swarms - a.swarms);
}
