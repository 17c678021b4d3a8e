import type { Implementation } from '../../launch/manifest/implementation.ts';
import type { Program } from '../../launch/process/program.ts';
import type { ProgramSettings } from '../../launch/workspace/program-settings.ts';
import type { Address } from '../relay/relay-port.ts';

/** A place in a swarm: rank 0 is the tracker's, each of the others a peer's. */
export interface Rank {
  readonly rank: number;
  /** The ranks of the swarm, the tracker counted. */
  readonly size: number;
  /** Where this rank is to look for rank 0; that itself has none. */
  readonly rankZero?: Address;
}

/** Where and how the processes of a swarm are started. */
export interface Launcher {
  /** Where a rank is going to listen, known before it is started; always the same. */
  addressOf(rank: number): Promise<Address>;
  /**
   * Starts one process that plays these ranks: rank 0 alone, or peers, of which all are told the same rank 0.
   * @throws ProgramError `cannot-start`
   */
  start(
    implementation: Implementation,
    ranks: readonly [Rank, ...Rank[]],
    settings: Pick<ProgramSettings, 'blocks' | 'file' | 'intervals' | 'window'>,
  ): Promise<Program>;
  /** Gives the addresses back, when all processes of the swarm have been stopped. */
  close(): void;
}

/** Peers are named as the report's are: rank 1 is peer1. */
export function peerName(rank: number): string {
  return `peer${rank}`;
}
