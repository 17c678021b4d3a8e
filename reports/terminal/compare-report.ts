import { getBorderCharacters, table } from 'table';
import type { CompareResult } from '../../schemas/types.ts';
import { batchTable, messageTable, microTable, sameMessages, timeTable, type TextTable } from '../compare/tables.ts';
import { exitCodeMeans, methodText, buildText, storedWarning } from '../compare/text.ts';
import { oneLine } from '../one-line.ts';
import { printableCopy } from '../printable-copy.ts';
import { wrap } from './wrap.ts';

/** A comparison as text of at most 80 columns. */
export function compareReport(untrusted: CompareResult): string {
  const result = printableCopy(untrusted);
  const { base, head, verdict, exitCode, reasons, evidence, messages } = result;
  const parts = [
    [`base: ${buildText(base)}`, `head: ${buildText(head)}`, methodText(result)].map((line) => wrap(line)).join('\n'),
    ...(evidence === 'stored' ? [wrap(storedWarning)] : []),
    textTable(timeTable(result)),
    textTable(batchTable(result)),
    messages.length > 0 ? textTable(messageTable(result), { column: 4, width: 16 }) || sameMessages : '',
    textTable(microTable(result), { column: 0, width: 44 }),
    [`Head against base: ${verdict}. Exit code ${exitCode}, ${exitCodeMeans[exitCode]}.`, ...reasons]
      .map((line) => wrap(oneLine(line)))
      .join('\n'),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

/** A table, with the cells of one column wrapped at a width; empty without rows. */
function textTable({ head, rows }: TextTable, narrow?: { column: number; width: number }): string {
  if (rows.length === 0) return '';
  const fitted = rows.map((row) => row.map((cell, at) => (at === narrow?.column ? wrap(cell, narrow.width) : cell)));
  return table([[...head], ...fitted], {
    border: getBorderCharacters('norc'),
    columnDefault: { alignment: 'right' },
    columns: { 0: { alignment: 'left' } },
    drawVerticalLine: (index, size) => index === 0 || index === size,
    drawHorizontalLine: (index, size) => [0, 1, size].includes(index),
  }).trimEnd();
}
