import type { PaperFigures } from '../../bench/grid/paper-tables.ts';
import type { PeerRow } from '../../schemas/types.ts';

/** Figures in the report's units; one that could not be had is absent. */
export type Figures = Partial<PaperFigures>;

/** One line of a cell's table. */
export interface BenchTableRow {
  readonly peerId: string;
  /** Means over the samples. */
  readonly measured: Figures;
  readonly report: Figures;
  /** In percent of the report's figure; absent where the report's pace was not asked for. */
  readonly deviation?: Figures | undefined;
  /** Whether the report's peer needed more loops than the others of its table. */
  readonly lostLoops: boolean;
  /** How many samples of this peer did not end with its file complete, by outcome. */
  readonly failures: ReadonlyMap<PeerRow['outcome'], number>;
}
