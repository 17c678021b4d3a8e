import type { Case } from '../../cases/case.ts';
import type { Counterexample, RandomInputs } from '../../stage/random-inputs.ts';
import { wasBusySince } from './busy-machine.ts';
import { infosDriveOthers, takesInfoInterval } from './one-timer.ts';
import { wasStarvedSince } from './starvation.ts';
import type { Subject } from './subject.ts';

/** How a case is attempted. */
export interface Conditions {
  /** A factor for the intervals that the case sets itself. */
  readonly stretch: number;
  /** The case may make the interval between two have_blocks_info long. */
  readonly longInfos: boolean;
  readonly inputs: RandomInputs['tried'];
  /** No other case runs meanwhile. */
  readonly alone: boolean;
}

export const firstConditions: Conditions = { stretch: 1, longInfos: true, inputs: 'shrunk', alone: false };

/** What an attempt that did not hold rests on. */
export interface Evidence {
  /** The answers were too slow for the intervals that the case set. */
  readonly tooSlow: boolean;
  /** Something that did not happen in time; not a crash. */
  readonly isTimed: boolean;
  /** The random input that the failure rests on. */
  readonly counterexample?: Counterexample | undefined;
}

/** How many times longer the intervals of a case are made when they were too short. */
const stretchFactor = 3;

/** So many failures that were confirmed alone show that the program is the cause of the others, too. */
const enoughConfirmed = 5;
const confirmed = new WeakMap<Subject, number>();

/** Under which conditions an attempt is repeated, and why; undefined if it counts. */
export async function replayOf(
  item: Case,
  subject: Subject,
  conditions: Conditions,
  { tooSlow, isTimed, startedAtMs }: Evidence & { readonly startedAtMs: number },
): Promise<{ conditions: Conditions; reason: string } | undefined> {
  if (tooSlow) {
    return {
      conditions: { ...conditions, stretch: conditions.stretch * stretchFactor },
      reason: 'the intervals of the case were too short for the answers',
    };
  }
  if (conditions.longInfos && makesInfosLong(item) && takesInfoInterval(subject) && (await infosDriveOthers(subject))) {
    return { conditions: { ...conditions, longInfos: false }, reason: oneTimer };
  }
  if (wasStarvedSince(startedAtMs))
    return { conditions, reason: 'the machine was so busy that the harness did not run' };
  if (!isTimed) return undefined;
  if (conditions.alone) {
    confirmed.set(subject, (confirmed.get(subject) ?? 0) + 1);
    return undefined;
  }
  if (!wasBusySince(startedAtMs) || (confirmed.get(subject) ?? 0) >= enoughConfirmed) return undefined;
  return { conditions: { ...conditions, alone: true }, reason: 'it failed for a time while the machine was busy' };
}

const oneTimer =
  'one interval of the program drives have_blocks_info and other things, so that the case cannot make it longer alone';

function makesInfosLong(item: Case): boolean {
  return item.role === 'peer' && item.setup().longInfos === true;
}
