import type { Timing } from '../impl/launch/timing.ts';

/** What a swarm has to do. */
export interface Work {
  readonly peers: number;
  readonly blocks: number;
  readonly fileBytes: number;
}

/** Slow programs on a loaded machine are given this; a deadline is for those that hang. */
const slackMs = 20_000;
const messageMs = 4;
const bytesPerMs = 2_000;
const patience = 2;

/**
 * How long the peers of a swarm may take from their start, in milliseconds: twice the time for one block per interval
 * of the pace, for the intervals until everybody knows and unchokes everybody, and for the announcements, of which
 * there is one per block and pair of peers.
 */
export function deadlineMs(timing: Timing, { peers, blocks, fileBytes }: Work): number {
  const paced = timing.startMs + blocks * timing.blockMs;
  const intervals = 3 * Math.max(timing.unchokeMs, timing.infoMs, timing.peersMs);
  const messages = blocks * peers * peers * messageMs;
  const bytes = (fileBytes * peers) / bytesPerMs;
  return Math.ceil(slackMs + patience * (paced + intervals + messages + bytes));
}
