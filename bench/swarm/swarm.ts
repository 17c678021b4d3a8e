import type { Implementation } from '../../launch/manifest/implementation.ts';
import type { Intervals } from '../../launch/manifest/timing.ts';
import type { MeasuredRun } from '../measurement/measurement.ts';
import type { LinkShape } from '../relay/line-schedule.ts';
import type { Onlooker } from '../relay/tap.ts';
import type { SharedFile } from './shared-file.ts';

/** One tracker and some peers, which may be of different implementations. */
export interface Swarm {
  readonly tracker: Implementation;
  /** One entry per peer. */
  readonly peers: readonly Implementation[];
  /** How many of them share a process; default 1. More only in a timing pass, where all are of one implementation. */
  readonly peersPerProcess?: number;
  readonly pass: MeasuredRun['name'];
  /** What a counting pass makes of every connection; without it, everything is handed on at once. */
  readonly links?: LinkShape;
  readonly blocks: number;
  readonly file: SharedFile;
  readonly intervals: Intervals;
  readonly window: number;
  /** For how many peers there must be memory before any is started; default: for these. */
  readonly memoryForPeers?: number;
  /** Between the starts of two processes; without it, they start together. */
  readonly startGapMs?: number;
  /** From the start of the last peer. */
  readonly deadlineMs: number;
}

/** Somebody who looks on while a swarm runs. */
export interface SwarmOnlooker extends Onlooker {
  /** From now on the harness stops the programs: what happens is not of their own accord any more. */
  stopping(): void;
  /** Asked again and again while peers are unfinished: true ends the swarm before its deadline. */
  isHopeless(): boolean;
}

/** How far a swarm is. */
export interface SwarmProgress {
  readonly peers: number;
  readonly started: number;
  readonly complete: number;
  /** Handed over so far, to all peers together; absent where nothing counts them. */
  readonly blocksHandedOver?: number;
}

/** Those who follow a swarm. */
export interface Audience {
  /** Is told all that passes on the wire in a counting pass. */
  readonly onlooker?: SwarmOnlooker;
  readonly onProgress?: (progress: SwarmProgress) => void;
}
