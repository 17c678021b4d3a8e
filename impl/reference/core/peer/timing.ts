import type { PeerOptions } from './peer-options.ts';

/** How long to wait for the blocks of new peers before the tracker is asked for blocks that no known peer has. */
export function blocksInfoWaitMs({ unchokeMs }: PeerOptions): number {
  return Math.min(unchokeMs / 2, 2000);
}

/** How long a holder that failed so many times in a row is asked for no block (peer.tracker-last.failed-left-alone). */
export function backOffMs({ unchokeMs }: PeerOptions, failuresInRow: number): number {
  return unchokeMs * Math.min(2 ** (failuresInRow - 1), 8);
}

/** How long to wait before a tracker that failed is asked again. */
export function trackerRetryMs({ unchokeMs }: PeerOptions): number {
  return Math.min(unchokeMs / 2, 1000);
}

/** The least time between two get_peers when requests of unknown senders bring them forward. */
export const unknownSenderMs = 250;

/** How long a leaving peer waits for the answers to its last announcements, and then for the one to its goodbye. */
export const lingerMs = 3000;
