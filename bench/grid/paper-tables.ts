import tables from './paper-tables.json' with { type: 'json' };

/** Figures in the paper's units: seconds, and numbers of messages. */
export interface PaperFigures {
  readonly seconds: number;
  readonly sent: number;
  readonly received: number;
}

/** One line of a table. */
interface PaperRow extends PaperFigures {
  readonly peerId: string;
  /** How many loops of 3 s this peer needed more than the others of its table. */
  readonly lostLoops?: number;
}

/** One table of the paper's section "Testes". */
export interface PaperCell {
  readonly peers: number;
  readonly blocks: number;
  readonly rows: readonly PaperRow[];
  /** As printed in the paper, which truncates or rounds. */
  readonly mean: PaperFigures;
}

/** The six tables in the paper. */
export const paperCells: readonly PaperCell[] = tables.cells;

/** The paper's table for this swarm, if it has one. */
export function paperCell(peers: number, blocks: number): PaperCell | undefined {
  return paperCells.find((cell) => cell.peers === peers && cell.blocks === blocks);
}
