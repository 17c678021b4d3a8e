import type { BenchmarkSample, MessageCounts, PeerTraffic } from '../../schemas/types.ts';
import type { Address } from '../relay/relay-port.ts';

/** One look at a swarm: with the relay between all programs, or with nothing. Times are on the clock of `performance.now()`. */
export interface MeasuredRun {
  readonly name: BenchmarkSample['pass'];
  /** Takes in the next peer, by the address that it will listen at. @returns where it is to look for its tracker */
  admit(peer: Address): Promise<Address>;
  /** Takes notice that a peer's process has ended. */
  gone(peer: number): void;
  /** When the tracker got its first request; undefined if that was not seen. */
  firstRequestAtMs(): number | undefined;
  /** When a peer's registration was answered; undefined if that was not seen. */
  registeredAtMs(peer: number): number | undefined;
  /** How many blocks have been handed over, as far as that is seen. */
  blocksHandedOver(): number | undefined;
  /** For how long nobody has been seen to ask for anything. */
  quietForMs(): number;
  /** What was counted. @param complete the numbers of the peers whose file is complete */
  counts(complete: readonly number[]): Counts;
  close(): Promise<void>;
}

/** What a pass counted: nothing, or for every peer, or why not. */
export type Counts =
  | { readonly unavailable: string | undefined }
  | {
      readonly peers: readonly { messages: MessageCounts; traffic: PeerTraffic }[];
      readonly swarm: Pick<BenchmarkSample, 'bytesOverLeast' | 'transfers'>;
    };
