import type { PeerStage } from '../../../stage/peer-stage.ts';
import { TooSlow } from '../../../violation.ts';
import { askRounds, busyFactor, expectAtMostServedInTriples, expectServed, type Round } from './rounds.ts';

/** Rounds in order, each so soon after the one before that the subject recomputes at most once between them. */
export type Stretch = readonly Round[];

interface Wait {
  /** How many rounds are asked per interval; default 5. */
  readonly perInterval?: number;
  /** Ends the wait before all intervals were observed. */
  readonly isEnough?: (stretches: readonly Stretch[]) => boolean;
}

/** Cuts the rounds where the suite or the subject was so slow that two of them do not fit into half an interval. */
function wholeStretches(rounds: readonly Round[], unchokeMs: number): Stretch[] {
  const stretches: Round[][] = [];
  let before: Round | undefined;
  for (const round of rounds) {
    const follows = before !== undefined && round.endMs - before.startMs <= unchokeMs / 2;
    if (follows) stretches.at(-1)?.push(round);
    else stretches.push([round]);
    before = round;
  }
  return stretches;
}

/** How many intervals the stretches last. */
export function intervalsOf(stretches: readonly Stretch[], unchokeMs: number): number {
  const ms = stretches.reduce((sum, rounds) => sum + (rounds.at(-1)?.startMs ?? 0) - (rounds[0]?.startMs ?? 0), 0);
  return ms / unchokeMs;
}

/**
 * Asks rounds until so many unchoke intervals were observed whole, however busy the machine is: two rounds lie in each.
 * @throws TooSlow if that takes far too long
 */
export async function askWholeIntervals(
  peer: PeerStage,
  intervals: number,
  { perInterval = 5, isEnough = () => false }: Wait = {},
): Promise<Stretch[]> {
  const { unchokeMs } = peer.context.timing;
  const rounds: Round[] = [];
  for (let passed = 0; passed < busyFactor * intervals; passed++) {
    rounds.push(...(await askRounds(peer, 1, perInterval)));
    const stretches = wholeStretches(rounds, unchokeMs);
    if (intervalsOf(stretches, unchokeMs) >= intervals || isEnough(stretches)) return stretches;
    if (peer.program.exit !== undefined) return stretches;
  }
  throw new TooSlow('the answers were too slow to ask all peers twice in each interval');
}

/** Observes so many intervals. @throws Violation if more than `most` peers were served at a time */
export async function expectAtMostServed(peer: PeerStage, most: number, intervals: number): Promise<void> {
  for (const rounds of await askWholeIntervals(peer, intervals)) expectAtMostServedInTriples(peer, rounds, most);
}

/** Observes so many intervals. @throws Violation unless these peers are served in each of them */
export async function expectServedThroughout(
  peer: PeerStage,
  intervals: number,
  ids: readonly string[],
): Promise<void> {
  for (const rounds of await askWholeIntervals(peer, intervals)) expectServed(rounds, ids);
}
