import type { Implementation } from '../../../launch/manifest/implementation.ts';
import type { Session } from '../../../launch/session.ts';
import { whyNotApplicable, type Case } from '../../cases/case.ts';
import type { StartSlots } from '../starts/start-slots.ts';
import { launchedServers, type Servers } from './servers.ts';

/** The implementation under test, and what its cases are attempted with. */
export interface Subject {
  readonly session: Session;
  readonly implementation: Implementation;
  readonly seed: number;
  /** What is known of the start of its programs. */
  readonly start?: {
    /** How long a start took while no case ran: a program may take longer than its manifest says. */
    readonly ms: number;
    readonly slots: StartSlots;
  };
  /** The servers to judge; by default each case launches its own. */
  readonly servers?: Servers;
}

/** Why a case is not attempted on the subject; undefined if it is. */
export function whySkipped(item: Case, { servers = launchedServers, implementation }: Subject): string | undefined {
  return servers.whySkipped(item) ?? whyNotApplicable(item, implementation.manifest);
}
