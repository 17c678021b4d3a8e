import type { Implementation } from './implementation.ts';
import { takesInterval } from './passed-placeholders.ts';

/** The intervals that can be requested of a program, in milliseconds. */
export interface Intervals {
  /** From the start of a peer to its registration; default 0. */
  startMs?: number;
  /** Between two recomputations of the unchoked peers. */
  unchokeMs: number;
  /** Between two have_blocks_info to the same peer. */
  infoMs: number;
  /** Between two get_peers. */
  peersMs: number;
  /** Between two block requests. */
  paceMs: number;
}

/** The intervals of a peer as it runs, in milliseconds; `startMs` is from its start to its registration. */
export interface Timing {
  startMs: number;
  unchokeMs: number;
  infoMs: number;
  peersMs: number;
  blockMs: number;
}

const paperStartMs = 1_000;

/** The intervals of the paper, except its start. */
export const paperIntervals: Readonly<Intervals> = {
  unchokeMs: 10_000,
  infoMs: 15_000,
  peersMs: 3_000,
  paceMs: 3_000,
};

/**
 * The intervals that peers of `implementation` keep: the requested one where the manifest passes it on by a placeholder,
 * else the one that the manifest states under `timing`, else the paper's.
 */
export function actualTiming(implementation: Implementation, requested: Intervals): Timing {
  const { manifest } = implementation;
  const { timing } = manifest;
  const intervalMs = (name: string, requestedMs: number, statedMs: number | undefined, paperMs: number): number =>
    takesInterval(manifest, name) ? requestedMs : (statedMs ?? paperMs);
  return {
    startMs: intervalMs('start', requested.startMs ?? 0, timing?.startMs, paperStartMs),
    unchokeMs: intervalMs('unchoke', requested.unchokeMs, timing?.unchokeMs, paperIntervals.unchokeMs),
    infoMs: intervalMs('info', requested.infoMs, timing?.infoMs, paperIntervals.infoMs),
    peersMs: intervalMs('peers', requested.peersMs, timing?.peersMs, paperIntervals.peersMs),
    blockMs: intervalMs('pace', requested.paceMs, timing?.blockMs, paperIntervals.paceMs),
  };
}
