import tables from './paper-tables.json' with { type: 'json' };

/** Figures in the units of the report: seconds, and numbers of messages. */
export interface ReportFigures {
  readonly seconds: number;
  readonly sent: number;
  readonly received: number;
}

/** One line of a table. */
interface ReportRow extends ReportFigures {
  readonly peerId: string;
  /** How many loops of 3 s this peer needed more than the others of its table. */
  readonly lostLoops?: number;
}

/** One table of the report's section "Testes". */
export interface ReportCell {
  readonly peers: number;
  readonly blocks: number;
  readonly rows: readonly ReportRow[];
  /** As printed in the report, which cuts or rounds. */
  readonly mean: ReportFigures;
}

/** The six tables that the report prints. */
export const reportCells: readonly ReportCell[] = tables.cells;

/** The report's table for this swarm, if it has one. */
export function reportCell(peers: number, blocks: number): ReportCell | undefined {
  return reportCells.find((cell) => cell.peers === peers && cell.blocks === blocks);
}
