import type { PeerEntry } from '../../../../schemas/types.ts';
import type { PeerRequest, TrackerRequest } from '../wire/requests.ts';

/** What happens to a peer, except requests. The data of blocks stays outside: the I/O layer checks and stores it. */
export type PeerEvent =
  /** The server of this peer is listening. */
  | { readonly type: 'start' }
  /** The time of {@link PeerCore.pollTimeout} has come. */
  | { readonly type: 'timeout' }
  | { readonly type: 'answer'; readonly requestId: number; readonly answer: Answer }
  | { readonly type: 'failure'; readonly requestId: number; readonly failure: Failure; readonly reason: string }
  /** The file is written under its name. */
  | { readonly type: 'rebuilt' }
  /** The I/O layer cannot go on (the disk is full, for example). */
  | { readonly type: 'abort'; readonly reason: string }
  /** The user wants the peer to leave. */
  | { readonly type: 'stop' };

/** The successful response to a request of this peer, without what only the I/O layer needs. */
export type Answer =
  /** `ownedBlocks` are stored already: they came inline, or were on the disk. */
  | {
      readonly action: 'register';
      readonly peers: readonly PeerEntry[];
      readonly initialBlocks: readonly number[];
      readonly ownedBlocks: readonly number[];
    }
  | { readonly action: 'get_peers'; readonly peers: readonly PeerEntry[] }
  | { readonly action: 'have_blocks_info'; readonly blocks: readonly boolean[] }
  /** The block is checked and stored. */
  | { readonly action: 'request_block' | 'request_block_tracker' }
  | { readonly action: 'announce_block' | 'peer_offline' };

/** `refused`: answered "error"; `unreachable`: no connection; `silent`: no answer in time; `wrong`: an invalid answer. */
export type Failure = 'refused' | 'unreachable' | 'silent' | 'wrong';

/** A TCP endpoint. */
export interface Endpoint {
  /** An IP literal or a host name. */
  readonly host: string;
  readonly port: number;
}

/** What the I/O layer has to do for a peer. */
export type PeerEffect =
  /** Report its end as an `answer` or a `failure` with the same requestId, within a small multiple of `timeoutMs`. */
  | {
      readonly type: 'send';
      readonly requestId: number;
      readonly to: Endpoint | 'tracker';
      readonly request: TrackerRequest | PeerRequest;
      readonly timeoutMs: number;
    }
  /** All blocks are stored: write the file, then send `rebuilt` or `abort`. */
  | { readonly type: 'rebuild' }
  /** The last effect. */
  | { readonly type: 'finish'; readonly outcome: Outcome; readonly reason: string };

export type Outcome = 'complete' | 'stopped' | 'failed';
