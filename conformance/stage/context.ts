import type { Implementation } from '../../launch/manifest/implementation.ts';
import type { Session } from '../../launch/session.ts';
import type { Intervals, Timing } from '../../launch/manifest/timing.ts';
import type { Random } from './random.ts';
import type { Transcript } from '../wire/transcript.ts';

/** What every case is given, before its stage is set. */
export interface Context {
  readonly session: Session;
  readonly implementation: Implementation;
  /** The intervals that the program really runs at: the suite's where it has options for them, its own elsewhere. */
  readonly timing: Timing;
  readonly transcript: Transcript;
  readonly random: Random;
  /** How many times longer than usual the intervals are that a case asks for itself: 1 at first. */
  readonly stretch: number;
}

/** The intervals that the suite asks for where a program lets it choose: short, so that nobody waits for a timer. */
export const suiteIntervals: Intervals = { unchokeMs: 500, infoMs: 500, peersMs: 200, paceMs: 0 };
