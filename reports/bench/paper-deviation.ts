import { paperStartGapMs } from '../../bench/grid/pace.ts';
import type { BenchmarkResult } from '../../schemas/types.ts';
import { benchTable, type BenchTable } from './table.ts';
import type { BenchTableRow } from './table-row.ts';
import { percent } from '../figures.ts';

/** What the report's own peers kept, in milliseconds (its sections on strategies and tests). */
const paperTiming = { startMs: 1_000, unchokeMs: 10_000, infoMs: 15_000, blockMs: 3_000 };

/** Of each peer, which came with its registration. */
const initialBlocks = 2;

/** Where and why a run at the report's pace differs from the report's tables; nothing if it was not run at that pace. */
export function deviationSentence({ options, timing, cells }: BenchmarkResult): string | undefined {
  const tables = cells
    .map((cell) => benchTable(cell, options.profile))
    .filter((table) => table.deviation !== undefined);
  if (tables.length === 0) return undefined;
  const rows = tables.flatMap((table) => table.rows);
  const others = [
    ...Object.entries(paperTiming).flatMap(([name, ms]) =>
      timing[name as keyof typeof paperTiming] === ms ? [] : [name],
    ),
    ...(options.window === 1 ? [] : ['window']),
    ...(options.links === undefined ? [] : ['links']),
  ];
  const parts = [
    times(rows),
    `the means of Msg Enviadas by ${means(tables, 'sent')}, of Msg Recebidas by ${means(tables, 'received')}`,
    ...blockRequests(tables),
    others.length === 0
      ? `at the same pace what is left is chance, and how far apart the report’s peers were started by hand (here ${paperStartGapMs / 1000} s): who starts first is asked more, and who knows few peers at first sends less`
      : `these peers ran with other settings than the report’s (${others.join(', ')}), and so have other figures`,
  ];
  return `${parts.join('; ')}.`;
}

function times(rows: readonly BenchTableRow[]): string {
  const of = (lost: boolean): number[] =>
    rows.filter(({ lostLoops }) => lostLoops === lost).flatMap((row) => row.deviation?.seconds ?? []);
  const [kept, lost] = [of(false), of(true)];
  const where =
    lost.length === 0 ? '' : `, those marked * by ${range(lost)}, for these lost loops of 3 s in the report`;
  return `Times differ by ${range(kept)}${where}`;
}

function means(tables: readonly BenchTable[], column: 'sent' | 'received'): string {
  return range(tables.flatMap((table) => table.deviation?.[column] ?? []));
}

/** What is received and not sent are requests for blocks: some are refused where there are more of them than blocks. */
function blockRequests(tables: readonly BenchTable[]): string[] {
  const of = (side: 'measured' | 'report'): number =>
    tables
      .flatMap(({ rows }) => rows)
      .reduce((sum, row) => {
        const { sent = NaN, received = NaN } = row[side];
        return sum + received - sent;
      }, 0);
  const [theirs, ours] = [Math.round(of('report')), Math.round(of('measured'))];
  if (Number.isNaN(theirs) || Number.isNaN(ours)) return [];
  const wanted = tables.reduce((sum, { peers, blocks }) => sum + peers * (blocks - initialBlocks), 0);
  return [`to get ${wanted} blocks, the report’s peers sent each other ${theirs} requests, these ${ours}`];
}

function range(values: readonly number[]): string {
  if (values.length === 0) return 'an unavailable share';
  const [least, most] = [percent(Math.min(...values)), percent(Math.max(...values))];
  return least === most ? least : `${least} to ${most}`;
}
