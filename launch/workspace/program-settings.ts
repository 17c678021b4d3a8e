import type { Address } from '../ports/address.ts';
import type { Intervals } from '../manifest/timing.ts';

/** What a program is asked to do when it is started. */
export interface ProgramSettings {
  /** The number of blocks, N. */
  readonly blocks: number;
  /** The content of the tracker's file, stored where the manifest says, or under a default name. */
  readonly file?: Uint8Array;
  /** How many blocks the tracker designates to each peer; default 2. */
  readonly initialBlocks?: number;
  readonly peerId?: string;
  /** The peers that one process runs, started by the command `peer.pack`; replaces `peerId` and `port`. */
  readonly pack?: readonly [PackMember, ...PackMember[]];
  /** The address of a peer's tracker. */
  readonly tracker?: Address;
  /** Default: the paper's intervals, and a start without delay. */
  readonly intervals?: Partial<Intervals>;
  /** How many block requests a peer may have in flight; default 1, as in the paper. */
  readonly window?: number;
  /** The port to listen on; default: leased by the session. */
  readonly port?: number;
}

/** A peer that shares its process with others. */
export interface PackMember {
  readonly peerId: string;
  readonly port: number;
}

/** Where a program listens, and the absolute path of its working folder. */
export interface ProgramLocation {
  readonly host: string;
  readonly port: number;
  readonly workspace: string;
}
