import { getBorderCharacters, table } from 'table';
import type { BenchTable } from '../bench/table.ts';
import { deviationTexts, figureTexts, type BenchTableRow, type Figures } from '../bench/table-row.ts';
import { factor, plural } from '../figures.ts';
import { cellCaption } from '../bench/cell-caption.ts';

const columns = ['Tempo\n(s)', 'Msg\nEnviadas', 'Msg\nRecebidas'];
const shortColumns = ['Tempo\n(s)', 'Msg\nEnv.', 'Msg\nRec.'];

/** Larger swarms show only the means, and peers that failed. */
const shownPeers = 10;

/** A cell in the paper's columns: measured, the paper's, and the deviation. */
export function cellTable(cell: BenchTable): string {
  const isCompared = cell.deviation !== undefined;
  const head = isCompared ? shortColumns : columns;
  const groups = [
    { name: 'measured', columns: head },
    ...(cell.isInPaper ? [{ name: 'paper', columns: head }] : []),
    ...(isCompared ? [{ name: 'deviation', columns: head.with(0, 'Tempo') }] : []),
  ];
  const hasFactor = cell.isInPaper && !isCompared;
  const width = 1 + groups.length * 3;
  const line = (name: string, { measured, paper, deviation }: Line, faster: string): string[] => [
    name,
    ...figureTexts(measured),
    ...(cell.isInPaper ? figureTexts(paper) : []),
    ...(isCompared ? deviationTexts(deviation) : []),
    ...(hasFactor ? [faster] : []),
  ];
  const data = [
    ['', ...groups.flatMap(({ name }) => [name, '', '']), ...(hasFactor ? [''] : [])],
    [isCompared ? 'Paper' : 'Peer', ...groups.flatMap((group) => group.columns), ...(hasFactor ? ['Factor'] : [])],
    ...shownRows(cell).map((row) => line(rowName(row, cell), row, '')),
    line('mean', cell, factor(cell.factor)),
  ];
  const text = table(data, {
    border: getBorderCharacters('norc'),
    columnDefault: { alignment: 'right', paddingLeft: 1, paddingRight: 1 },
    columns: { 0: { alignment: 'left' } },
    spanningCells: groups.map((_, at) => ({ row: 0, col: 1 + at * 3, colSpan: 3, alignment: 'center' as const })),
    drawVerticalLine: (index, size) => index === 0 || index === size || (index % 3 === 1 && index <= width),
    drawHorizontalLine: (index, size) => [0, 2, size - 1, size].includes(index),
  });
  return `${plural(cell.peers, 'peer')}, ${plural(cell.blocks, 'block')}${cellCaption(cell)}\n${text.trimEnd()}`;
}

function shownRows({ rows }: BenchTable): readonly BenchTableRow[] {
  return rows.length <= shownPeers ? rows : rows.filter(({ failures }) => failures.size > 0).slice(0, shownPeers);
}

type Line = Pick<BenchTableRow, 'measured' | 'paper'> & { readonly deviation?: Figures | undefined };

function rowName({ peerId, lostLoops, failures }: BenchTableRow, { timed, counted }: BenchTable): string {
  const samples = Math.max(timed, counted);
  const failed = [...failures].map(([outcome, number]) => (samples === 1 ? outcome : `${outcome} (${number})`));
  return [`${peerId}${lostLoops ? ' *' : ''}`, ...failed].join('\n');
}
