import type { Random } from '../random.ts';

/** The settings of a peer. All times are in milliseconds. */
export interface PeerOptions {
  readonly peerId: string;
  readonly listenPort: number;
  /** N (file.blocks.shared-count). */
  readonly totalBlocks: number;
  /** The most block requests in flight (peer.selection.window); 1 in the paper. */
  readonly window: number;
  /** The interval: the time between two recomputations of choking (paper: 10 s). */
  readonly unchokeMs: number;
  /** The time between two have_blocks_info to the same peer (paper: 15 s). */
  readonly infoMs: number;
  /** The time between two get_peers (paper: 3 s); `unchokeMs` where that is shorter (peer.discovery.periodic). */
  readonly peersMs: number;
  /** The sleep before each loop of at most `window` blocks (paper: 3 s); 0 for full speed. */
  readonly paceMs: number;
  /** The time from the start to the registration (paper: 1 s). */
  readonly startDelayMs: number;
  /** A request fails when the other side is silent for this long. */
  readonly requestTimeoutMs: number;
  /** The peer gives up when it gets no block for this long. */
  readonly giveUpMs: number;
  /** Whether to stay and serve when the file is complete. */
  readonly stay: boolean;
  readonly random: Random;
}
