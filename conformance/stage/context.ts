import type { Implementation } from '../../launch/manifest/implementation.ts';
import type { Session } from '../../launch/session.ts';
import { actualTiming, type Intervals, type Timing } from '../../launch/manifest/timing.ts';
import type { Random } from './random.ts';
import type { RandomInputs } from './random-inputs.ts';
import type { Manner } from '../manner/manner.ts';
import type { Transcript } from '../wire/transcript.ts';

/** What the stage of a case is set with. */
export interface Context {
  readonly session: Session;
  readonly implementation: Implementation;
  /** The program's actual intervals: the suite's where it has options for them, otherwise its own. */
  readonly timing: Timing;
  readonly transcript: Transcript;
  readonly random: Random;
  readonly randomInputs: RandomInputs;
  /** A factor for the intervals that a case sets itself: 1 in the first attempt. */
  readonly stretch: number;
  /** The case may make the interval between two have_blocks_info long: no other timer of the program follows it. */
  readonly longInfos: boolean;
  /** How the suite meets the program. */
  readonly manner: Manner;
}

/** Between two have_blocks_info of a peer that is to learn nothing by a second one. */
const longInfoMs = 60_000;

/** The intervals that the suite sets where a program has options for them: short, so that cases do not wait long. */
export const suiteIntervals: Intervals = { unchokeMs: 500, infoMs: 500, peersMs: 200, paceMs: 0 };

/** What a case wants of the intervals of its peer, where the program has options for them. */
export interface CaseIntervals {
  readonly intervals?: Partial<Intervals>;
  /** The subject asks no peer a second time for its blocks. */
  readonly longInfos?: boolean;
}

/** The intervals that a peer is told: those that its case sets, with the unchoke interval stretched, else those of the suite. */
export function toldIntervals(setup: CaseIntervals, context: Context): Intervals {
  const { unchokeMs, ...others } = setup.intervals ?? {};
  return {
    ...suiteIntervals,
    ...(setup.longInfos === true && context.longInfos && { infoMs: longInfoMs }),
    ...others,
    ...(unchokeMs !== undefined && { unchokeMs: unchokeMs * context.stretch }),
  };
}

/** The context of a case, which counts on the unchoke interval that it sets where the program has an option for it. */
export function withUnchokeInterval(setup: CaseIntervals, context: Context): Context {
  if (setup.intervals?.unchokeMs === undefined) return context;
  const { unchokeMs } = toldIntervals(setup, context);
  const asked = actualTiming(context.implementation, { ...suiteIntervals, unchokeMs });
  return { ...context, timing: { ...context.timing, unchokeMs: asked.unchokeMs } };
}
