import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { errorMessage } from '../../launch/error-message.ts';
import type { Session } from '../../launch/session.ts';
import { actualTiming } from '../../launch/manifest/timing.ts';
import type { ComparedBatch, ComparedRound, ComparedSwarm } from '../../schemas/types.ts';
import { swarmDeadlineMs } from '../swarm/swarm-deadline.ts';
import { batchOf, headAloneFailed, isBatchOver, roundOf, type SideName } from './gate/batch.ts';
import { LocalLauncher } from '../swarm/local-launcher.ts';
import { MachineWatch } from '../measurement/machine-watch.ts';
import { fullSpeedFor } from '../grid/pace.ts';
import type { LinkShape } from '../relay/line-schedule.ts';
import type { SharedFile } from '../swarm/shared-file.ts';
import { runSwarm } from '../swarm/run-swarm.ts';
import type { Side, Sides } from './side.ts';
import { swarmOutcome } from './swarm-outcome.ts';

/** What each round of both sides consists of, and the number of rounds. */
export interface RoundPlan {
  readonly cells: readonly { readonly peers: number; readonly blocks: number }[];
  /** In one batch, without the warm-up. */
  readonly rounds: number;
  readonly file: SharedFile;
  readonly window: number;
  /** How the relay shapes every connection; undefined: there is no relay. */
  readonly links: LinkShape | undefined;
  readonly floorPercent: number;
  readonly seed: number;
}

/** Reported after each round; number 0 is the warm-up, and the repetition of a disturbed round has its number. */
export interface RoundProgress {
  readonly batch: number;
  readonly round: number;
  readonly rounds: number;
  readonly result: ComparedRound;
}

export interface MeasuredBatch {
  readonly batch: ComparedBatch;
  /** The error that stopped it. */
  readonly brokenOff?: string;
}

/**
 * Runs one batch: a warm-up round, which is discarded, then the planned rounds. In each round a coin decides which side
 * goes first in every cell. Disturbed rounds are repeated. It ends early only if more rounds cannot change the verdict, or
 * after an interrupt or an error.
 * @param number 1 or 2: each batch has its own coin
 * @throws the error of the first round of the first batch
 */
export async function runBatch(
  session: Session,
  sides: Sides,
  plan: RoundPlan,
  number: number,
  interrupt: AbortSignal,
  onRound: (progress: RoundProgress) => void,
): Promise<MeasuredBatch> {
  const coin = xoroshiro128plus(plan.seed * 2 + number);
  const machine = new MachineWatch();
  const rounds: ComparedRound[] = [];
  let brokenOff: string | undefined;
  for (let round = 0; !isBatchOver(rounds, plan.rounds);) {
    const first = uniformInt(coin, 0, 1) === 0 ? 'base' : 'head';
    const result = await runRound(session, sides, plan, first, interrupt).catch((error: unknown) => {
      if (number === 1 && rounds.length === 0) throw error;
      brokenOff = errorMessage(error);
      return undefined;
    });
    if (interrupt.aborted || !result) break;
    onRound({ batch: number, round, rounds: plan.rounds, result });
    // The times of the warm-up are discarded, but a failure of head alone counts.
    if (round > 0 || headAloneFailed(result)) rounds.push(result);
    if (round === 0 || !result.disturbed) round++;
  }
  const batch = batchOf(rounds, plan.floorPercent, machine.soFar().stealPercent);
  return { batch, ...(brokenOff !== undefined && { brokenOff }) };
}

async function runRound(
  session: Session,
  { base, head }: Sides,
  plan: RoundPlan,
  first: SideName,
  interrupt: AbortSignal,
): Promise<ComparedRound> {
  const cells: ComparedRound['cells'] = [];
  for (const cell of plan.cells) {
    const ofBase = () => runCell(session, base, plan, cell, interrupt);
    const ofHead = () => runCell(session, head, plan, cell, interrupt);
    if (first === 'base') cells.push({ base: await ofBase(), head: await ofHead() });
    else cells.push({ head: await ofHead(), base: await ofBase() });
  }
  return roundOf(cells, plan.floorPercent, first);
}

async function runCell(
  session: Session,
  { tracker, peer }: Side,
  { file, window, links }: RoundPlan,
  { peers, blocks }: RoundPlan['cells'][number],
  interrupt: AbortSignal,
): Promise<ComparedSwarm> {
  const intervals = fullSpeedFor(peers);
  const timing = actualTiming(peer, intervals);
  const swarm = {
    tracker,
    peers: Array.from({ length: peers }, () => peer),
    blocks,
    file,
    intervals,
    window,
    deadlineMs: swarmDeadlineMs(timing, { peers, blocks, fileBytes: file.bytes.length, links }),
    runKind: links ? ('counting' as const) : ('timing' as const),
    ...(links && { links }),
  };
  return swarmOutcome(await runSwarm(new LocalLauncher(session), swarm, interrupt), links !== undefined);
}
