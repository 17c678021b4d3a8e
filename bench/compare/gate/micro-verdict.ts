import { median } from 'simple-statistics';
import type { ComparedTask } from '../../../schemas/types.ts';
import { microFloorPercent } from './limits.ts';
import { confirmed, judgeTimes } from './time-verdict.ts';

/** One process's measurement of one task. */
export interface TaskTime {
  readonly name: string;
  readonly medianMs: number;
  readonly warnings: readonly string[];
}

/** The measurements of one process per side. */
export interface MicroRound {
  readonly base: readonly TaskTime[];
  readonly head: readonly TaskTime[];
}

interface TaskPair {
  readonly base: TaskTime;
  readonly head: TaskTime;
}

/** Judges every task that both sides have, with the same test as the swarms and its own floor. */
export function judgeTasks(batches: readonly (readonly MicroRound[])[]): ComparedTask[] {
  const names = new Set(batches.flat().flatMap(({ head }) => head.map(({ name }) => name)));
  return [...names].flatMap((task) => {
    const pairs = batches.map((rounds) => pairsOf(rounds, task));
    const all = pairs.flat();
    if (all.length === 0) return [];
    const warnings = [...new Set(all.flatMap(({ base, head }) => [...base.warnings, ...head.warnings]))];
    const verdicts = pairs.map((batch) =>
      judgeTimes(
        batch.map(({ base, head }) => Math.log(head.medianMs / base.medianMs)),
        microFloorPercent,
      ),
    );
    const [first, second] = verdicts;
    const change = first === undefined || warnings.length > 0 ? 'cannot tell' : confirmed(first.change, second?.change);
    return [
      {
        task,
        change,
        baseMs: median(all.map(({ base }) => base.medianMs)),
        headMs: median(all.map(({ head }) => head.medianMs)),
        verdicts,
        warnings,
      },
    ];
  });
}

function pairsOf(rounds: readonly MicroRound[], task: string): TaskPair[] {
  return rounds.flatMap((round) => {
    const [base, head] = [round.base, round.head].map((times) => times.find(({ name }) => name === task));
    return base && head ? [{ base, head }] : [];
  });
}
