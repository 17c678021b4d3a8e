import { errorMessage } from '../../launch/error-message.ts';
import type { Session } from '../../launch/session.ts';
import { harnessFacts } from '../../launch/harness-facts.ts';
import type { ComparedBatch, ComparedTask, CompareResult, MessageBudget } from '../../schemas/types.ts';
import { checkFile } from '../grid/benchmark.ts';
import { checkCapacity } from '../swarm/capacity.ts';
import { wantsSecondBatch } from './gate/batch.ts';
import { judgeComparison } from './gate/comparison-verdict.ts';
import { judgeMessages } from './gate/message-verdict.ts';
import { fullSpeed } from '../grid/pace.ts';
import { runBatch, type RoundProgress, type RoundsPlan } from './rounds.ts';
import type { Sides } from './side.ts';

/** What is asked for besides the rounds. */
export interface CompareOptions extends RoundsPlan {
  readonly budget: MessageBudget;
}

/**
 * Compares two builds that take turns on this machine. A second batch is run only where the first shows a change of the times, or more
 * messages.
 * @param interrupt ends it early; its reason, if a string, is noted as the signal's name
 * @param micro measures the micro-benchmarks after the swarms, where they are asked for
 * @throws UsageError if a build cannot run these options
 */
export async function compare(
  session: Session,
  sides: Sides,
  options: CompareOptions,
  interrupt: AbortSignal,
  onRound: (progress: RoundProgress) => void,
  micro?: () => Promise<ComparedTask[]>,
): Promise<CompareResult> {
  const { base, head } = sides;
  const { file, cells, budget, rounds, floorPercent, window, links, seed } = options;
  checkFile(file, [base.tracker, base.peer, head.tracker, head.peer]);
  for (const { peers } of cells) checkCapacity([{ peers, peersPerProcess: 1, pass: links ? 'counting' : 'timing' }]);
  const harness = harnessFacts(seed);
  const batches: ComparedBatch[] = [];
  const obstacles: string[] = [];
  const play = async (number: number): Promise<void> => {
    const { batch, brokenOff } = await runBatch(session, sides, options, number, interrupt, onRound);
    batches.push(batch);
    if (brokenOff !== undefined && !interrupt.aborted) obstacles.push(`It could not go on: ${brokenOff}`);
  };
  const messages = () => judgeMessages(batches, cells, budget, floorPercent);
  const isGoingOn = () => !interrupt.aborted && obstacles.length === 0;
  await play(1);
  if (isGoingOn() && batches[0] && wantsSecondBatch(batches[0], messages())) await play(2);
  const { tasks, obstacle } = isGoingOn() ? await measured(micro) : {};
  if (interrupt.aborted) obstacles.push('The run was interrupted.');
  const evidence = {
    batches,
    messages: messages(),
    counting: links !== undefined,
    ...(tasks && { micro: tasks }),
    ...(obstacle !== undefined && { microObstacle: obstacle }),
    floorPercent,
    obstacles,
  };
  return {
    format: 'minibit-compare-1',
    ...judgeComparison(evidence),
    evidence: 'interleaved',
    ...(interrupt.aborted && { interruptedBy: String(interrupt.reason) }),
    base: base.facts,
    head: head.facts,
    harness,
    options: { rounds, floorPercent, window, intervals: fullSpeed, ...(links && { links }) },
    cells: cells.map((cell) => ({ ...cell, fileBytes: file.bytes.length })),
    batches,
    messages: evidence.messages,
    ...(tasks && { micro: tasks }),
  };
}

/** What the swarms have shown is not lost with the micro-benchmarks. */
async function measured(
  micro: (() => Promise<ComparedTask[]>) | undefined,
): Promise<{ tasks?: ComparedTask[]; obstacle?: string }> {
  if (micro === undefined) return {};
  return micro().then(
    (tasks) => ({ tasks }),
    (error: unknown) => ({ obstacle: errorMessage(error) }),
  );
}
