import type { Random } from '../random.ts';

/** The settings of a peer. All times are in milliseconds. */
export interface PeerOptions {
  readonly peerId: string;
  readonly listenPort: number;
  /** N of decision 2.1. */
  readonly totalBlocks: number;
  /** Block requests in flight at once; 1 is what the report's peers do. */
  readonly window: number;
  /** Between two recomputations of who is unchoked (report: 10 s). */
  readonly unchokeMs: number;
  /** Between two have_blocks_info to the same peer (report: 15 s). */
  readonly infoMs: number;
  /** Between two get_peers (report: 3 s). Never longer than `unchokeMs` in effect (decision 5.1). */
  readonly peersMs: number;
  /** Sleep before each loop of at most `window` blocks; 0 for full speed (report: 3 s). */
  readonly paceMs: number;
  /** From the start to the registration (report: 1 s). */
  readonly startDelayMs: number;
  /** How long another program may be silent before a request to it counts as failed. */
  readonly requestTimeoutMs: number;
  /** How long to go on without getting any block. */
  readonly giveUpMs: number;
  /** Whether to stay and serve when the file is complete. */
  readonly stay: boolean;
  readonly random: Random;
}

/** For how long a peer looks for the blocks of new peers before it takes blocks that nobody is known to have from the tracker. */
export function settleMs({ unchokeMs }: PeerOptions): number {
  return Math.min(unchokeMs / 2, 2000);
}

/** For how long a holder that failed so many times in a row is left alone. */
export function leftAloneMs({ unchokeMs }: PeerOptions, strikes: number): number {
  return unchokeMs * Math.min(2 ** (strikes - 1), 8);
}

/** Before a tracker that failed is tried again. */
export function trackerRetryMs({ unchokeMs }: PeerOptions): number {
  return Math.min(unchokeMs / 2, 1000);
}

/** Between two get_peers where strangers make more of them worth while. */
export const seekMs = 250;

/** For how long a peer that leaves waits for answers to its last announcements, and then to its goodbye. */
export const lingerMs = 1000;
