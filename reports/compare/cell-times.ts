import { median } from 'simple-statistics';
import type { CompareResult } from '../../schemas/types.ts';

/** The times of one cell of a comparison, over all rounds of all batches. */
export interface CellTimes {
  readonly peers: number;
  readonly blocks: number;
  /** From the first request to the last verified file, in the order of the rounds. */
  readonly baseMs: readonly number[];
  readonly headMs: readonly number[];
  /** The median over the rounds of the change from base to head; undefined unless both completed in some round. */
  readonly changePercent: number | undefined;
}

/** The times of all swarms that completed, by cell. */
export function cellTimes({ cells, batches }: CompareResult): CellTimes[] {
  const rounds = batches.flatMap((batch) => batch.rounds);
  return cells.map(({ peers, blocks }, at) => {
    const pairs = rounds.flatMap((round) => round.cells[at] ?? []);
    const ratios = pairs.flatMap(({ base, head }) =>
      base.windowMs === undefined || head.windowMs === undefined ? [] : head.windowMs / base.windowMs,
    );
    return {
      peers,
      blocks,
      baseMs: pairs.flatMap(({ base }) => base.windowMs ?? []),
      headMs: pairs.flatMap(({ head }) => head.windowMs ?? []),
      changePercent: ratios.length > 0 ? 100 * (median(ratios) - 1) : undefined,
    };
  });
}
