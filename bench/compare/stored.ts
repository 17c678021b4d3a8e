import { harnessFacts } from '../../launch/harness-facts.ts';
import type {
  BenchmarkCell,
  BenchmarkResult,
  BenchmarkSample,
  CompareResult,
  ComparedRound,
  MessageBudget,
} from '../../schemas/types.ts';
import type { RunKind } from '../measurement/measured-run.ts';
import { batchOf, roundOf } from './gate/batch.ts';
import { judgeComparison } from './gate/comparison-verdict.ts';
import { judgeMessages } from './gate/message-verdict.ts';
import { sideFacts } from './side.ts';
import { swarmOutcome } from './swarm-outcome.ts';

/** A result of `minibit bench`, and the file that it was read from. */
export interface Stored {
  readonly path: string;
  readonly result: BenchmarkResult;
}

/** If there are more samples, the first ones are used. */
const mostRounds = 100;

/**
 * Compares two results that were measured separately, sample by sample in the order of measurement. There is no second
 * batch to confirm a change.
 */
export function compareStored(
  base: Stored,
  head: Stored,
  { floorPercent, budget }: { floorPercent: number; budget: MessageBudget },
): CompareResult {
  const { options, cells } = head.result;
  const { window, intervals, links } = options;
  const obstacles = differences(base.result, head.result);
  const rounds = obstacles.length > 0 ? [] : pairRounds(base.result, head.result, floorPercent);
  const batches = obstacles.length > 0 ? [] : [batchOf(rounds, floorPercent, stealOf(base, head))];
  const messages = judgeMessages(batches, cells, budget, floorPercent);
  const evidence = {
    batches,
    messages,
    counting: links !== undefined && batches.length > 0,
    floorPercent,
    otherFailures: obstacles.length > 0 ? [] : failuresBesides(base.result, head.result),
    obstacles,
  };
  return {
    format: 'minibit-compare-1',
    ...judgeComparison(evidence),
    evidence: 'stored',
    base: sideFacts(base.result.implementation, base.path),
    head: sideFacts(head.result.implementation, head.path),
    harness: harnessFacts(head.result.harness.seed),
    options: { rounds: rounds.length, floorPercent, window, intervals, ...(links && { links }) },
    cells: cells.map(({ peers, blocks, fileBytes }) => ({ peers, blocks, fileBytes })),
    batches,
    messages,
  };
}

/** Whether a result was measured on shaped links. */
export function isShaped({ options }: BenchmarkResult): boolean {
  return options.links !== undefined;
}

/** Why two results cannot be compared: a sentence for each difference that would change the times by itself. */
function differences(base: BenchmarkResult, head: BenchmarkResult): string[] {
  const facts: [string, (result: BenchmarkResult) => unknown][] = [
    [
      'cells',
      ({ cells }) =>
        cells.map(({ peers, blocks, fileBytes, peersPerProcess = 1 }) => [peers, blocks, fileBytes, peersPerProcess]),
    ],
    ['file', ({ options }) => options.file.sha256],
    ['window', ({ options }) => options.window],
    ['profile', ({ options }) => options.profile],
    ['intervals', ({ options: { intervals } }) => Object.entries(intervals).sort()],
    ['links', ({ options: { links } }) => [links?.latencyMs ?? null, links?.bytesPerSecond ?? null]],
    ['runtime', ({ implementation }) => implementation.runtime ?? null],
    ['Node version of the harness', ({ harness }) => harness.node],
    ['CPU', ({ harness }) => `${harness.cores} × ${harness.cpuModel}`],
  ];
  return facts.flatMap(([name, factOf]) => {
    const [ofBase, ofHead] = [JSON.stringify(factOf(base)), JSON.stringify(factOf(head))];
    return ofBase === ofHead ? [] : [`The results were measured with different ${name}: ${ofBase} and ${ofHead}.`];
  });
}

function pairRounds(base: BenchmarkResult, head: BenchmarkResult, floorPercent: number): ComparedRound[] {
  const sides = [base, head].map(({ cells, options }) => cells.map((cell) => timed(cell, options.links !== undefined)));
  const [ofBase = [], ofHead = []] = sides;
  const rounds = Math.min(mostRounds, ...sides.flat().map((samples) => samples.length));
  const counting = isShaped(head);
  return Array.from({ length: ofHead.length === 0 ? 0 : rounds }, (_, round) =>
    roundOf(
      ofHead.flatMap((samples, cell) => {
        const [one, other] = [ofBase[cell]?.[round], samples[round]];
        return one && other ? [{ base: swarmOutcome(one, counting), head: swarmOutcome(other, counting) }] : [];
      }),
      floorPercent,
    ),
  );
}

/**
 * The samples whose times count: without the relay, or on its shaped links, where it costs both sides the same. Without
 * interrupted samples.
 */
function timed({ samples }: BenchmarkCell, shaped: boolean): BenchmarkSample[] {
  return samples.filter((sample) => sample.pass === timedRunKind(shaped) && isWhole(sample));
}

function timedRunKind(shaped: boolean): RunKind {
  return shaped ? 'counting' : 'timing';
}

function isWhole({ peers }: BenchmarkSample): boolean {
  return peers.every(({ outcome }) => outcome !== 'stopped');
}

/** Failures in runs whose times do not count: a wrong file is a failure in any run. */
function failuresBesides(base: BenchmarkResult, head: BenchmarkResult): string[] {
  return head.cells.flatMap((cell, number) => {
    const [ofBase, ofHead] = [base.cells[number], cell].map((either) => failuresOf(either, isShaped(head)));
    return ofBase?.length === 0 ? (ofHead ?? []).slice(0, 1) : [];
  });
}

function failuresOf(cell: BenchmarkCell | undefined, shaped: boolean): string[] {
  const besides = (cell?.samples ?? []).filter(({ pass }) => pass !== timedRunKind(shaped));
  return besides.filter(isWhole).flatMap((sample) => swarmOutcome(sample, false).failures);
}

function stealOf(...stored: Stored[]): number | undefined {
  const steals = stored.flatMap(({ result }) => result.machineDuring.stealPercent ?? []);
  return steals.length > 0 ? Math.max(...steals) : undefined;
}
