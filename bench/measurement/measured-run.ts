import type { Address } from '../../launch/ports/address.ts';
import type { BenchmarkSample, MessageCounts, PeerTraffic } from '../../schemas/types.ts';

/** How a swarm is measured: with the relay between all programs, or without it. */
export type RunKind = BenchmarkSample['pass'];

/**
 * One measured execution of a swarm: a counting run with the relay between all programs, or a timing run without it.
 * Times are on the clock of `performance.now()`.
 */
export interface MeasuredRun {
  /** Adds the next peer, by the address that it will listen at. @returns the tracker's address for this peer */
  admit(peer: Address): Promise<Address>;
  /** Call it when a peer's process has ended. */
  gone(peer: number): void;
  /** When the tracker got its first request; undefined if that was not seen. */
  firstRequestAtMs(): number | undefined;
  /** When a peer's registration was answered; undefined if that was not seen. */
  registeredAtMs(peer: number): number | undefined;
  /** How many blocks have been transferred; undefined if they are not counted. */
  blocksTransferred(): number | undefined;
  /** The time since the last request that was seen. */
  quietForMs(): number;
  /** @param complete the numbers of the peers whose file is complete */
  counts(complete: readonly number[]): RunCounts;
  close(): Promise<void>;
}

/** What a run counted, or why it could not; `unavailable: undefined` if it does not count. */
export type RunCounts =
  | { readonly unavailable: string | undefined }
  | {
      readonly peers: readonly { messages: MessageCounts; traffic: PeerTraffic }[];
      readonly swarm: Pick<BenchmarkSample, 'bytesOverLeast' | 'transfers'>;
    };
