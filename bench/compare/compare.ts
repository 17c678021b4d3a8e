import { errorMessage } from '../../launch/error-message.ts';
import type { Session } from '../../launch/session.ts';
import { harnessFacts } from '../../launch/harness-facts.ts';
import type { ComparedBatch, ComparedTask, CompareResult, MessageBudget } from '../../schemas/types.ts';
import { checkFile } from '../grid/check-options.ts';
import { checkCapacity } from '../swarm/capacity.ts';
import { wantsSecondBatch } from './gate/batch.ts';
import { judgeComparison } from './gate/comparison-verdict.ts';
import { judgeMessages } from './gate/message-verdict.ts';
import { fullSpeed } from '../grid/pace.ts';
import { runBatch, type RoundProgress, type RoundPlan } from './rounds.ts';
import type { Sides } from './side.ts';

export interface CompareOptions extends RoundPlan {
  readonly budget: MessageBudget;
}

/**
 * Compares two builds that take turns on this machine. A second batch is run only if the first shows a change of the times
 * or more messages.
 * @param interrupt ends it early; its reason is the signal's name
 * @param micro measures the micro-benchmarks after the swarms, if they are requested
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
  for (const { peers } of cells) checkCapacity([{ peers, peersPerProcess: 1, runKind: links ? 'counting' : 'timing' }]);
  const harness = harnessFacts(seed);
  const batches: ComparedBatch[] = [];
  const obstacles: string[] = [];
  const addBatch = async (number: number): Promise<void> => {
    const { batch, brokenOff } = await runBatch(session, sides, options, number, interrupt, onRound);
    batches.push(batch);
    if (brokenOff !== undefined && !interrupt.aborted) obstacles.push(`An error ended the comparison: ${brokenOff}`);
  };
  const messages = () => judgeMessages(batches, cells, budget, floorPercent);
  const isGoingOn = () => !interrupt.aborted && obstacles.length === 0;
  await addBatch(1);
  if (isGoingOn() && batches[0] && wantsSecondBatch(batches[0], messages())) await addBatch(2);
  const { tasks, obstacle } = isGoingOn() ? await measureTasks(micro) : {};
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

/** An error of the micro-benchmarks must not discard the results of the swarms. */
async function measureTasks(
  micro: (() => Promise<ComparedTask[]>) | undefined,
): Promise<{ tasks?: ComparedTask[]; obstacle?: string }> {
  if (micro === undefined) return {};
  return micro().then(
    (tasks) => ({ tasks }),
    (error: unknown) => ({ obstacle: errorMessage(error) }),
  );
}
