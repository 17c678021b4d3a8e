import type { ComparedBatch, ComparedMessages, ComparedRound } from '../../schemas/types.ts';
import { leastRounds, mostStealPercent } from './limits.ts';
import { judgeTimes, logRatio, needsConfirmation, type TimePair } from './time-verdict.ts';

/** Who goes first in a round. */
export type Turn = 'base' | 'head';

/** A round with its log ratio, where every cell has the times of both sides. */
export function roundOf(cells: ComparedRound['cells'], first?: Turn): ComparedRound {
  const times = cells.flatMap(({ base: { windowMs: baseMs }, head: { windowMs: headMs } }): TimePair[] =>
    baseMs === undefined || headMs === undefined ? [] : [{ baseMs, headMs }],
  );
  const isWhole = cells.length > 0 && times.length === cells.length;
  return { ...(first && { first }), cells, ...(isWhole && { logRatio: logRatio(times) }) };
}

/** Rounds judged together. Where too much CPU time was stolen, the times say nothing. */
export function batchOf(
  rounds: ComparedRound[],
  floorPercent: number,
  stealPercent: number | undefined,
): ComparedBatch {
  const logRatios = rounds.flatMap((round) => round.logRatio ?? []);
  const times = judgeTimes(logRatios, floorPercent);
  const stolen = stealPercent !== undefined && stealPercent > mostStealPercent;
  return {
    times: stolen ? { ...times, change: 'cannot tell' } : times,
    ...(stealPercent !== undefined && { stealPercent }),
    rounds,
  };
}

/** Whether more rounds cannot change what a batch comes to: head has failed, or base so often that too few are left. */
export function isDecided(rounds: readonly ComparedRound[], planned: number): boolean {
  const headFailed = rounds.some(({ cells }) =>
    cells.some(({ base, head }) => base.failures.length === 0 && head.failures.length > 0),
  );
  const lost = rounds.filter((round) => round.logRatio === undefined).length;
  return headFailed || planned - lost < leastRounds;
}

/** Whether the first batch shows something that a second one must confirm. */
export function wantsSecondBatch(first: ComparedBatch, messages: readonly ComparedMessages[]): boolean {
  return needsConfirmation(first.times.change) || messages.some(({ increased }) => increased);
}
