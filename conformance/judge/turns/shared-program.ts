import type { Case } from '../../cases/case.ts';
import type { Context } from '../../stage/context.ts';
import type { StagedCase } from '../attempt/servers.ts';

/** A started program that cases take turns on. */
export interface SharedProgram {
  /** It can be told that the program has ended, or that a swarm of the suite around it is not what it was. */
  readonly isBroken: boolean;
  /** Sets the stage of the next case. What the program sent to others before is not in its transcript, except for deviations. */
  stage(item: Case, context: Context): Promise<StagedCase>;
  /** Makes it what it was at its start, as far as a client can tell. @returns whether it is */
  restore(): Promise<boolean>;
  /** Stops the program. */
  close(): Promise<void>;
}
