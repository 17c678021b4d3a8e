import type { PeerEntry } from '../../../../schemas/types.ts';
import type { PeerRequest, TrackerRequest } from '../wire/requests.ts';

/** What happens to a peer. Data of blocks never comes in: the edge checks and keeps it. */
export type PeerEvent =
  /** The server of this peer is listening. */
  | { readonly type: 'start' }
  /** The time that {@link PeerCore.pollTimeout} told has come. */
  | { readonly type: 'timeout' }
  | { readonly type: 'answer'; readonly requestId: number; readonly answer: Answer }
  | { readonly type: 'failure'; readonly requestId: number; readonly failure: Failure; readonly reason: string }
  /** Another peer asks. Among the effects is exactly one `respond` or `send-block`, for this request. */
  | { readonly type: 'request'; readonly request: PeerRequest }
  /** The output is there under its name. */
  | { readonly type: 'rebuilt' }
  /** The edge cannot go on (a full disk, say). */
  | { readonly type: 'abort'; readonly reason: string }
  /** The user wants the peer to leave. */
  | { readonly type: 'stop' };

/** A granted request of this peer, in the core's terms. */
export type Answer =
  /** `ownedBlocks` are there already: they came inline, or were on the disk. */
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

/** `refused`: answered "error"; `unreachable`: no connection; `silent`: no answer in time; `wrong`: an answer that is not right. */
export type Failure = 'refused' | 'unreachable' | 'silent' | 'wrong';

/** A TCP address: an IP literal or a name, and a port. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** What the edge has to do for a peer. */
export type PeerEffect =
  /** End it with an `answer` or a `failure` of the same requestId, within some multiple of `timeoutMs` at the latest. */
  | {
      readonly type: 'send';
      readonly requestId: number;
      readonly to: Address | 'tracker';
      readonly request: TrackerRequest | PeerRequest;
      readonly timeoutMs: number;
    }
  | { readonly type: 'respond'; readonly response: object }
  | { readonly type: 'send-block'; readonly index: number }
  /** All blocks are there: put the file under its name, then tell `rebuilt` or `abort`. */
  | { readonly type: 'rebuild' }
  /** The last effect. */
  | { readonly type: 'finish'; readonly outcome: Outcome; readonly reason: string };

export type Outcome = 'complete' | 'stopped' | 'failed';
