import { exitCodes } from '../../schemas/exit-codes.ts';
import type { CompareResult } from '../../schemas/types.ts';
import { batchTable, messageTable, microTable, sameMessages, timeTable, type TextTable } from '../compare/tables.ts';
import { exitCodeMeans, methodText, buildText, storedWarning } from '../compare/text.ts';
import { cell, inline, table } from './text.ts';

const marks: Readonly<Record<CompareResult['exitCode'], string>> = {
  [exitCodes.success]: '✅',
  [exitCodes.failure]: '❌',
  [exitCodes.noVerdict]: '⚠️',
};

/** One comparison as Markdown. */
export function compareMarkdown(result: CompareResult): string {
  const { base, head, verdict, exitCode, reasons, evidence, messages } = result;
  const parts = [
    `## ${marks[exitCode]} ${inline(head.name)} against ${inline(buildText(base))}: ${verdict}, ${exitCodeMeans[exitCode]}`,
    reasons.map((reason) => `- ${inline(reason)}`).join('\n'),
    ...(evidence === 'stored' ? [`> ${storedWarning}`] : []),
    tableOf(timeTable(result)),
    tableOf(batchTable(result)),
    messages.length > 0 ? tableOf(messageTable(result)) || sameMessages : '',
    tableOf(microTable(result)),
    `${inline(methodText(result))}. Head is ${inline(buildText(head))}.`,
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

/** A table with its cells escaped; empty without rows. */
function tableOf({ head, rows }: TextTable): string {
  if (rows.length === 0) return '';
  return table(
    [...head],
    rows.map((row) => row.map(cell)),
  );
}
