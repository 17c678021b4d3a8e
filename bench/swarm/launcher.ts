import type { Implementation } from '../../launch/manifest/implementation.ts';
import type { Address } from '../../launch/ports/address.ts';
import type { Program } from '../../launch/process/program.ts';
import type { ProgramSettings } from '../../launch/workspace/program-settings.ts';

/** A program's place in a swarm: rank 0 is the tracker, each other rank a peer. */
export interface Rank {
  readonly rank: number;
  /** The number of ranks in the swarm, including the tracker. */
  readonly size: number;
  /** The tracker's address for this rank; absent for the tracker itself. */
  readonly rankZero?: Address;
}

/** Where and how the processes of a swarm are started. */
export interface Launcher {
  /** The address that a rank will listen at. Known before its start, and always the same. */
  addressOf(rank: number): Promise<Address>;
  /**
   * Starts one process for these ranks: rank 0 alone, or peers that all get the same tracker address.
   * @throws ProgramError `cannot-start`
   */
  start(
    implementation: Implementation,
    ranks: readonly [Rank, ...Rank[]],
    settings: Pick<ProgramSettings, 'blocks' | 'file' | 'intervals' | 'window'>,
  ): Promise<Program>;
  /** Gives the addresses back, after all processes of the swarm have been stopped. */
  close(): void;
}

/** Rank 1 is peer1, as in the paper. */
export function peerName(rank: number): string {
  return `peer${rank}`;
}
