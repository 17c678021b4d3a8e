import type { Implementation } from './implementation.ts';
import { placeholdersPassedTo } from './passed-placeholders.ts';

/** The intervals that a program can be asked to keep, in milliseconds. */
export interface Intervals {
  /** From the start of a peer to its registration; 0 if not given. */
  startMs?: number;
  /** Between two recomputations of who is unchoked. */
  unchokeMs: number;
  /** Between two have_blocks_info to the same peer. */
  infoMs: number;
  /** Between two get_peers. */
  peersMs: number;
  /** Between two block requests. */
  paceMs: number;
}

/** What a peer really keeps, in milliseconds; `startMs` runs from its start to its registration. */
export interface Timing {
  startMs: number;
  unchokeMs: number;
  infoMs: number;
  peersMs: number;
  blockMs: number;
}

const paperStartMs = 1_000;

/** The report's own intervals but for its start: section "pace", decision 6. */
export const paperIntervals: Readonly<Intervals> = {
  unchokeMs: 10_000,
  infoMs: 15_000,
  peersMs: 3_000,
  paceMs: 3_000,
};
/**
 * The times that peers of `implementation` really run at when asked for `asked`: the asked interval where the manifest
 * passes it on by a placeholder, else what the manifest states under `timing`, else the report's.
 */
export function actualTiming(implementation: Implementation, asked: Intervals): Timing {
  const { timing } = implementation.manifest;
  const told = placeholdersPassedTo('peer', implementation.manifest);
  const either = (name: string, askedMs: number, ownMs: number | undefined, reportMs: number): number =>
    told.has(`${name}_ms`) || told.has(`${name}_s`) ? askedMs : (ownMs ?? reportMs);
  return {
    startMs: either('start', asked.startMs ?? 0, timing?.startMs, paperStartMs),
    unchokeMs: either('unchoke', asked.unchokeMs, timing?.unchokeMs, paperIntervals.unchokeMs),
    infoMs: either('info', asked.infoMs, timing?.infoMs, paperIntervals.infoMs),
    peersMs: either('peers', asked.peersMs, timing?.peersMs, paperIntervals.peersMs),
    blockMs: either('pace', asked.paceMs, timing?.blockMs, paperIntervals.paceMs),
  };
}
