import type { PaperFigures } from '../../bench/grid/paper-tables.ts';
import type { PeerRow } from '../../schemas/types.ts';
import { count, percent, seconds } from '../figures.ts';

/** Figures in the paper's units; unavailable ones are absent. */
export type Figures = Partial<PaperFigures>;

/** The paper's column heads for the three figures. */
export const figureHeads = ['Tempo (s)', 'Msg Enviadas', 'Msg Recebidas'] as const;

/** One row of a cell's table. */
export interface BenchTableRow {
  readonly peerId: string;
  /** Means over the samples. */
  readonly measured: Figures;
  readonly paper: Figures;
  /** In percent of the paper's figure; absent unless run at the paper's pace. */
  readonly deviation?: Figures | undefined;
  /** Whether the paper's peer needed more loops than the others of its table. */
  readonly lostLoops: boolean;
  /** How many samples of this peer did not end with its file complete, by outcome. */
  readonly failures: ReadonlyMap<PeerRow['outcome'], number>;
}

export function figureTexts(figures: Figures): [time: string, sent: string, received: string] {
  return [seconds(figures.seconds), count(figures.sent), count(figures.received)];
}

export function deviationTexts(figures: Figures = {}): [time: string, sent: string, received: string] {
  return [percent(figures.seconds), percent(figures.sent), percent(figures.received)];
}
