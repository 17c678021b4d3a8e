import type { Implementation } from '../../launch/manifest/implementation.ts';
import type { Intervals } from '../../launch/manifest/timing.ts';
import type { RunKind } from '../measurement/measured-run.ts';
import type { LinkShape } from '../relay/line-schedule.ts';
import type { RelayListener } from '../relay/relay-listener.ts';
import type { SharedFile } from './shared-file.ts';

/** One tracker and some peers, which may be of different implementations. */
export interface Swarm {
  readonly tracker: Implementation;
  /** One entry per peer. */
  readonly peers: readonly Implementation[];
  /** Default 1. More only in a timing run in which all peers are of one implementation. */
  readonly peersPerProcess?: number;
  readonly runKind: RunKind;
  /** Shapes every edge of a counting run; without it, everything is forwarded at once. */
  readonly links?: LinkShape;
  readonly blocks: number;
  readonly file: SharedFile;
  readonly intervals: Intervals;
  readonly window: number;
  /** There must be memory for this many peers before any is started; default: the peers of this swarm. */
  readonly memoryForPeers?: number;
  /** Between the starts of two processes; without it, they start together. */
  readonly startGapMs?: number;
  /** From the start of the last peer. */
  readonly deadlineMs: number;
}

/** Listens to all messages of a swarm in a counting run. */
export interface SwarmListener extends RelayListener {
  /** Called before the harness stops the programs: what happens afterwards is not their own doing. */
  stopping(): void;
  /** Called repeatedly while peers are incomplete: true ends the swarm before its deadline. */
  isHopeless(): boolean;
  /** Called repeatedly once the swarm is over: true lets the programs run on, so that an answer may still come. */
  awaitsAnswer(): boolean;
}

export interface SwarmProgress {
  readonly peers: number;
  readonly started: number;
  readonly complete: number;
  /** To all peers together; absent where nothing counts them. */
  readonly blocksTransferred?: number;
}

/** What a running swarm calls. */
export interface SwarmCallbacks {
  readonly listener?: SwarmListener;
  readonly onProgress?: (progress: SwarmProgress) => void;
}
