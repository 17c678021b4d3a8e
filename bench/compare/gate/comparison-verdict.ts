import { exitCodes } from '../../../schemas/exit-codes.ts';
import type { CompareResult, ComparedBatch, ComparedMessages, ComparedTask } from '../../../schemas/types.ts';
import { leastRounds, mostStealPercent, ruledOutFloors } from './limits.ts';
import { countedRounds } from './message-verdict.ts';
import { confirmed, needsConfirmation, type Change } from './time-verdict.ts';

/** All that a comparison measured. */
export interface CompareEvidence {
  readonly batches: readonly ComparedBatch[];
  readonly messages: readonly ComparedMessages[];
  /** Whether the requests should have been counted. */
  readonly counting: boolean;
  readonly micro?: readonly ComparedTask[];
  readonly floorPercent: number;
  /** Peers of head that did not complete although those of base did, in swarms outside the rounds. */
  readonly otherFailures?: readonly string[];
  /** Why the sides cannot be compared. If there are any, only an incomplete peer of head is a regression. */
  readonly obstacles: readonly string[];
  /** Why the requested micro-benchmarks are missing. */
  readonly microObstacle?: string;
}

export type ComparisonVerdict = Pick<CompareResult, 'verdict' | 'exitCode' | 'reasons'>;

/** The verdict of a comparison. A regression decides, even if other parts could not be judged. */
export function judgeComparison(evidence: CompareEvidence): ComparisonVerdict {
  const isComparable = evidence.obstacles.length === 0;
  const verdict = isComparable ? timesVerdict(evidence.batches) : 'cannot tell';
  const failures = [...failuresIn(evidence.batches), ...(evidence.otherFailures ?? [])];
  const regressions = [...failures.map(incompletePeer), ...(isComparable ? regressionsIn(evidence, verdict) : [])];
  if (regressions.length > 0) return { verdict, exitCode: exitCodes.failure, reasons: regressions };
  const obstacles = [
    ...evidence.obstacles,
    ...(verdict === 'cannot tell' && isComparable ? whyUndecided(evidence) : []),
    ...(evidence.counting ? countingProblems(evidence.batches) : []),
    ...(evidence.micro ?? []).flatMap(unreliableTask),
    ...(evidence.microObstacle === undefined ? [] : [evidence.microObstacle]),
  ];
  if (obstacles.length > 0) return { verdict, exitCode: exitCodes.noVerdict, reasons: obstacles };
  return { verdict, exitCode: exitCodes.success, reasons: [noRegression(verdict, evidence.floorPercent)] };
}

function regressionsIn({ messages, micro = [] }: CompareEvidence, verdict: Change): string[] {
  return [
    ...(verdict === 'slower' ? ['Head is slower than base.'] : []),
    ...messages.filter(({ increased }) => increased).map(moreMessages),
    ...micro.filter(({ change }) => change === 'slower').map(({ task }) => `Slower: ${task}.`),
  ];
}

/** The verdict on the times: that of the first batch, confirmed by a second one if there is one. */
function timesVerdict(batches: readonly ComparedBatch[]): Change {
  const [first, second] = batches;
  return first === undefined ? 'cannot tell' : confirmed(first.times.change, second?.times.change);
}

/** A single failure is enough. */
function failuresIn(batches: readonly ComparedBatch[]): string[] {
  return batches.flatMap(({ rounds }) =>
    rounds.flatMap(({ cells }) =>
      cells.flatMap(({ base, head }) => (base.failures.length === 0 ? head.failures : []).slice(0, 1)),
    ),
  );
}

function incompletePeer(failure: string): string {
  return `A peer of head did not complete although those of base did: ${failure}`;
}

function moreMessages({ action, peers, blocks, base, head }: ComparedMessages): string {
  return `More ${action} in ${peers} × ${blocks}: ${head} instead of ${base} per swarm, in every round.`;
}

function whyUndecided({ batches, floorPercent }: CompareEvidence): string[] {
  const last = batches.at(-1);
  const rounds = last?.times.rounds ?? 0;
  const disturbed = last?.rounds.filter((round) => round.disturbed).length ?? 0;
  if (rounds < leastRounds && disturbed > 0) {
    return [
      `In ${disturbed} of ${last?.rounds.length} rounds the host took more CPU time from one side than from the other, by more than ${floorPercent} %; a verdict needs ${leastRounds} undisturbed rounds.`,
    ];
  }
  if (rounds < leastRounds) {
    const failure = last?.rounds.flatMap(({ cells }) => cells.flatMap(({ base }) => base.failures)).at(0);
    const why = failure === undefined ? '' : ` In base: ${failure}`;
    return [`Both sides completed in only ${rounds} rounds; a verdict needs ${leastRounds}.${why}`];
  }
  const steal = Math.max(...batches.map(({ stealPercent = 0 }) => stealPercent));
  if (steal > mostStealPercent) {
    return [
      `The host gave ${steal.toFixed(1)} % of the CPU time to other machines; above ${mostStealPercent} %, times are useless.`,
    ];
  }
  if (batches.length > 1 && batches.some(({ times }) => needsConfirmation(times.change)))
    return ['The two batches disagree, and a change must be in both.'];
  return [
    `Too noisy: a slowdown of ${ruledOutFloors * floorPercent} % could have been missed. More --rounds, larger swarms, --latency or a quieter machine help.`,
  ];
}

function countingProblems(batches: readonly ComparedBatch[]): string[] {
  const isCounted = (batch: ComparedBatch): boolean =>
    countedRounds(batch) >= Math.min(leastRounds, batch.times.rounds);
  if (batches.every(isCounted)) return [];
  const swarms = batches.flatMap(({ rounds }) =>
    rounds.flatMap(({ cells }) => cells.flatMap((cell) => [cell.base, cell.head])),
  );
  const why = swarms.find(({ countsUnavailable }) => countsUnavailable !== undefined)?.countsUnavailable;
  return [`The requests could not be counted${why === undefined ? '' : `: ${why}`}.`];
}

/** Only a warning of the library makes a task unreliable; noise is shown with the task. */
function unreliableTask({ task, warnings }: ComparedTask): string[] {
  return warnings.length === 0 ? [] : [`${task}: the measurement is unreliable: ${warnings.join(', ')}.`];
}

function noRegression(verdict: Change, floorPercent: number): string {
  if (verdict === 'faster') return 'Head is faster than base.';
  return `Head is not slower: a slowdown of ${ruledOutFloors * floorPercent} % would have been detected.`;
}
