import type { ComparedBatch, ComparedMessages, ComparedRound } from '../../../schemas/types.ts';
import { isDisturbed } from './disturbance.ts';
import { leastRounds, mostStealPercent } from './limits.ts';
import { judgeTimes, logRatio, needsConfirmation, type TimePair } from './time-verdict.ts';

export type SideName = 'base' | 'head';

/** A round, with its log ratio if every cell has the times of both sides and the host did not disturb the round. */
export function roundOf(cells: ComparedRound['cells'], floorPercent: number, first?: SideName): ComparedRound {
  if (isDisturbed(cells, floorPercent)) return { ...(first && { first }), cells, disturbed: true };
  const times = cells.flatMap(({ base: { windowMs: baseMs }, head: { windowMs: headMs } }): TimePair[] =>
    baseMs === undefined || headMs === undefined ? [] : [{ baseMs, headMs }],
  );
  const isWhole = cells.length > 0 && times.length === cells.length;
  return { ...(first && { first }), cells, ...(isWhole && { logRatio: logRatio(times) }) };
}

/** The verdict on a batch of rounds: `cannot tell` if too much CPU time was stolen. */
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

/**
 * Whether a batch is over: it has its rounds, or more rounds cannot change its verdict because head has failed, or base so
 * often that too few rounds are left. Disturbed rounds are repeated, at most as many as there are planned rounds.
 */
export function isBatchOver(rounds: readonly ComparedRound[], planned: number): boolean {
  const undisturbed = rounds.filter(({ disturbed }) => !disturbed);
  const lost = undisturbed.filter((round) => round.logRatio === undefined).length;
  const isComplete = undisturbed.length >= planned || rounds.length >= 2 * planned;
  return isComplete || rounds.some(headAloneFailed) || planned - lost < leastRounds;
}

/** Whether a peer of head did not complete in a cell in which those of base did. */
export function headAloneFailed({ cells }: ComparedRound): boolean {
  return cells.some(({ base, head }) => base.failures.length === 0 && head.failures.length > 0);
}

/** Whether a second batch must confirm the first: after a change of the times or more messages. */
export function wantsSecondBatch(first: ComparedBatch, messages: readonly ComparedMessages[]): boolean {
  return needsConfirmation(first.times.change) || messages.some(({ increased }) => increased);
}
