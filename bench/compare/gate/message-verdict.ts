import { median } from 'simple-statistics';
import type { ActionCounts, ComparedBatch, ComparedMessages, MessageBudget } from '../../../schemas/types.ts';
import { leastRounds } from './limits.ts';

/** One cell of a comparison, by its place in every round. */
export interface ComparedCell {
  readonly peers: number;
  readonly blocks: number;
}

type Action = ComparedMessages['action'];

/** Sent at regular intervals: a swarm that may take longer may send more of them. */
const periodic: readonly Action[] = ['get_peers', 'have_blocks_info'];

/**
 * Compares the requests by cell and action.
 *
 * An action has increased if head sent more of it than base in *every* round of every batch. With identical builds, that
 * is as likely as a coin that falls the same way in every round. More than base means more than base plus an allowance:
 * what the budget says, or else nothing, or the floor of the times for periodic requests.
 */
export function judgeMessages(
  batches: readonly ComparedBatch[],
  cells: readonly ComparedCell[],
  budget: MessageBudget,
  floorPercent: number,
): ComparedMessages[] {
  return cells.flatMap(({ peers, blocks }, at) => {
    const pairs = batches.map((batch) => countedPairs(batch, at));
    const [first] = pairs.flat();
    if (first === undefined) return [];
    return (Object.keys(first.base) as Action[]).map((action) => {
      const allowance = allowanceOf(action, budget, floorPercent);
      const { allowedPercent = Infinity } = allowance;
      return {
        peers,
        blocks,
        action,
        base: median(pairs.flat().map(({ base }) => base[action])),
        head: median(pairs.flat().map(({ head }) => head[action])),
        increased: pairs.every((batch) => isIncreased(batch, action, allowedPercent)),
        ...allowance,
      };
    });
  });
}

/** The number of rounds in which the requests of both sides were counted in every cell. */
export function countedRounds({ rounds }: ComparedBatch): number {
  return rounds.filter(({ cells }) => cells.every(({ base, head }) => base.requests && head.requests)).length;
}

interface CountedPair {
  readonly base: ActionCounts;
  readonly head: ActionCounts;
}

function countedPairs({ rounds }: ComparedBatch, cell: number): CountedPair[] {
  return rounds.flatMap(({ cells }) => {
    const [base, head] = [cells[cell]?.base.requests, cells[cell]?.head.requests];
    return base && head ? [{ base, head }] : [];
  });
}

function isIncreased(pairs: readonly CountedPair[], action: Action, allowedPercent: number): boolean {
  if (pairs.length < leastRounds || allowedPercent === Infinity) return false;
  return pairs.every(({ base, head }) => (head[action] - base[action]) * 100 > base[action] * allowedPercent);
}

function allowanceOf(
  action: Action,
  budget: MessageBudget,
  floorPercent: number,
): Pick<ComparedMessages, 'allowedPercent' | 'reason'> {
  const entry = budget.find((allowance) => allowance.action === action);
  if (entry === undefined) return { allowedPercent: periodic.includes(action) ? floorPercent : 0 };
  const { increasePercent, reason } = entry;
  return { ...(increasePercent !== undefined && { allowedPercent: increasePercent }), reason };
}
