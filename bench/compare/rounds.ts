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

/** What is run on both sides, and how often. */
export interface RoundsPlan {
  readonly cells: readonly { readonly peers: number; readonly blocks: number }[];
  /** Of one batch, the warm-up not counted. */
  readonly rounds: number;
  readonly file: SharedFile;
  readonly window: number;
  /** What the relay makes of every connection; undefined: there is no relay. */
  readonly links: LinkShape | undefined;
  readonly floorPercent: number;
  readonly seed: number;
}

/** Told after each round; number 0 is the warm-up, and a disturbed round's is told again. */
export interface RoundProgress {
  readonly batch: number;
  readonly round: number;
  readonly rounds: number;
  readonly result: ComparedRound;
}

export interface MeasuredBatch {
  readonly batch: ComparedBatch;
  /** What kept it from going on. */
  readonly brokenOff?: string;
}

/**
 * Runs one batch: a round that warms up and is thrown away, then the rounds. In each, a coin says which side goes first
 * in every cell. Disturbed rounds are played again. It ends early only where more rounds cannot change the verdict, and
 * when it is interrupted or cannot go on.
 * @param number 1 or 2: each batch tosses coins of its own
 * @throws whatever keeps the first round of all from being run
 */
export async function runBatch(
  session: Session,
  sides: Sides,
  plan: RoundsPlan,
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
    // The times of the warm-up are thrown away; that head alone failed in it is not.
    if (round > 0 || headAloneFailed(result)) rounds.push(result);
    if (round === 0 || !result.disturbed) round++;
  }
  const batch = batchOf(rounds, plan.floorPercent, machine.soFar().stealPercent);
  return { batch, ...(brokenOff !== undefined && { brokenOff }) };
}

async function runRound(
  session: Session,
  { base, head }: Sides,
  plan: RoundsPlan,
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
  { file, window, links }: RoundsPlan,
  { peers, blocks }: RoundsPlan['cells'][number],
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
    pass: links ? ('counting' as const) : ('timing' as const),
    ...(links && { links }),
  };
  return swarmOutcome(await runSwarm(new LocalLauncher(session), swarm, interrupt), links !== undefined);
}
