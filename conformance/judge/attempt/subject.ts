import type { Implementation } from '../../../launch/manifest/implementation.ts';
import type { ProgramOutput } from '../../../launch/process/program-output.ts';
import type { Session } from '../../../launch/session.ts';
import { actualTiming } from '../../../launch/manifest/timing.ts';
import { whyNotApplicable, type Case } from '../../cases/case.ts';
import { usualManner } from '../../manner/manner.ts';
import { suiteIntervals, type Context } from '../../stage/context.ts';
import { randomFor } from '../../stage/random.ts';
import { Transcript } from '../../wire/transcript.ts';
import type { StartSlots } from '../starts/start-slots.ts';
import type { Turns } from '../turns/turns.ts';
import { launchedServers, type Servers } from './servers.ts';

/** A start that failed in a case. */
export interface FailedCaseStart {
  readonly role: Case['role'];
  readonly message: string;
  readonly output: ProgramOutput;
}

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
    /** The starts that failed in a case whose program started when it was played again. */
    readonly failures: FailedCaseStart[];
  };
  /** The servers to judge; by default each case launches its own. */
  readonly servers?: Servers;
  /** The programs that cases take turns on; without, each case has one of its own. */
  readonly turns?: Turns;
}

/** The context of an attempt under the usual conditions. @param name what the random numbers are drawn for */
export function contextOf({ session, implementation, seed }: Subject, name: string): Context {
  return {
    session,
    implementation,
    timing: actualTiming(implementation, suiteIntervals),
    transcript: new Transcript(),
    random: randomFor(seed, name),
    randomInputs: { tried: 'shrunk' },
    stretch: 1,
    longInfos: true,
    manner: usualManner,
  };
}

/** Why a case is not attempted on the subject; undefined if it is. */
export function whySkipped(
  item: Case,
  { servers = launchedServers, implementation }: Pick<Subject, 'servers' | 'implementation'>,
): string | undefined {
  return servers.whySkipped(item) ?? whyNotApplicable(item, implementation.manifest);
}
