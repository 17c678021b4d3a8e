import { getBorderCharacters, table } from 'table';
import type { BenchmarkResult } from '../../schemas/types.ts';
import { benchTable, type BenchTable, type Figures } from '../bench-table.ts';
import { benchTroubles } from '../bench-troubles.ts';
import { count, factor, plural, seconds, size } from '../figures.ts';
import { printableCopy } from '../printable.ts';

/** A whole result as text of at most 80 columns: one table per cell, with the report's columns, and what went wrong. */
export function benchReport(untrusted: BenchmarkResult): string {
  const result = printableCopy(untrusted);
  const { implementation, roles, options, cells, verdict, interruptedBy } = result;
  const { name, version } = implementation;
  const head = [
    `${name}${version === undefined ? '' : ` ${version}`}, ${size(options.file.sizeBytes)} shared (in the report about 11 KB)`,
    ...(roles.tracker === roles.peer ? [] : [`tracker: ${roles.tracker}, peers: ${roles.peer}`]),
  ];
  const tables = cells.filter(({ samples }) => samples.length > 0).map((cell) => renderTable(benchTable(cell)));
  const troubles = benchTroubles(result).map(
    ({ where, what, stderr }) => `${where}: ${what}${stderr === undefined ? '' : `\n${indent(stderr)}`}`,
  );
  const end = interruptedBy === undefined ? verdict : `${verdict}, interrupted by ${interruptedBy}`;
  return [head.join('\n'), ...tables, ...troubles, `Benchmark: ${end}`].join('\n\n') + '\n';
}

const columns = ['Tempo\n(s)', 'Msg\nEnviadas', 'Msg\nRecebidas'];

function renderTable(cell: BenchTable): string {
  const groups = cell.inReport ? ['measured', '', '', 'report', '', ''] : ['measured', '', ''];
  const header = cell.inReport ? [...columns, ...columns, 'Factor'] : columns;
  const cells = (name: string, measured: Figures, report: Figures, faster: string): string[] =>
    cell.inReport ? [name, ...texts(measured), ...texts(report), faster] : [name, ...texts(measured)];
  const rows = cell.rows.map(({ peerId, measured, report, failures }) => {
    const failed = [...failures].map(([outcome, number]) => (cell.samples === 1 ? outcome : `${outcome} (${number})`));
    const texts = cells(peerId, measured, report, '');
    return failed.length > 0 ? texts.with(0, `${peerId}\n${failed.join('\n')}`) : texts;
  });
  const mean = cells('mean', cell.measured, cell.report, factor(cell.factor));
  const samples = cell.samples === 1 ? '' : `, mean of ${cell.samples} samples`;
  const data = [['', ...groups, ...(cell.inReport ? [''] : [])], ['Peer', ...header], ...rows, mean];
  const text = table(data, {
    border: getBorderCharacters('norc'),
    columnDefault: { alignment: 'right', paddingLeft: 1, paddingRight: 1 },
    columns: { 0: { alignment: 'left' } },
    spanningCells: [1, 4].slice(0, cell.inReport ? 2 : 1).map((col) => {
      return { row: 0, col, colSpan: 3, alignment: 'center' as const };
    }),
    drawVerticalLine: (index, size) => index === 0 || index === size || index === 1 || index === 4 || index === 7,
    drawHorizontalLine: (index, size) => [0, 2, size - 1, size].includes(index),
  });
  return `${plural(cell.peers, 'peer')}, ${plural(cell.blocks, 'block')}${samples}\n${text.trimEnd()}`;
}

function texts({ seconds: time, sent, received }: Figures): string[] {
  return [seconds(time), count(sent), count(received)];
}

function indent(text: string): string {
  return text.trimEnd().replace(/^/gm, '    ');
}
