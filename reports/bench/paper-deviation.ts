import { paperStartGapMs } from '../../bench/grid/pace.ts';
import type { BenchmarkResult } from '../../schemas/types.ts';
import { benchTable, type BenchTable } from './table.ts';
import type { BenchTableRow } from './table-row.ts';
import { percent } from '../figures.ts';

/** The intervals of the paper's own peers, in milliseconds (its sections on strategies and tests). */
const paperTiming = { startMs: 1_000, unchokeMs: 10_000, infoMs: 15_000, blockMs: 3_000 };

/** How many blocks the tracker assigns to each peer at its registration. */
const initialBlocks = 2;

/** Where and why a run at the paper's pace differs from the paper's tables; undefined if it ran at another pace. */
export function deviationSentence({ options, timing, cells }: BenchmarkResult): string | undefined {
  const tables = cells
    .map((cell) => benchTable(cell, options.profile))
    .filter((table) => table.deviation !== undefined);
  if (tables.length === 0) return undefined;
  const rows = tables.flatMap((table) => table.rows);
  const differentSettings = [
    ...Object.entries(paperTiming).flatMap(([name, ms]) =>
      timing[name as keyof typeof paperTiming] === ms ? [] : [name],
    ),
    ...(options.window === 1 ? [] : ['window']),
    ...(options.links === undefined ? [] : ['links']),
  ];
  const parts = [
    timeDeviation(rows),
    `the means of Msg Enviadas by ${meanDeviation(tables, 'sent')}, of Msg Recebidas by ${meanDeviation(tables, 'received')}`,
    ...blockRequests(tables),
    differentSettings.length === 0
      ? `at the same pace the rest is chance, and how far apart the paper’s peers were started by hand (here ${paperStartGapMs / 1000} s): the first peer to start receives more requests, and a peer that knows few others at first sends fewer`
      : `settings other than the paper’s (${differentSettings.join(', ')}) explain other figures`,
  ];
  return `${parts.join('; ')}.`;
}

function timeDeviation(rows: readonly BenchTableRow[]): string {
  const deviations = (lost: boolean): number[] =>
    rows.filter(({ lostLoops }) => lostLoops === lost).flatMap((row) => row.deviation?.seconds ?? []);
  const [regular, lost] = [deviations(false), deviations(true)];
  const marked =
    lost.length === 0 ? '' : `, those marked * by ${range(lost)}, as those peers lost loops of 3 s in the paper`;
  return `Times differ by ${range(regular)}${marked}`;
}

function meanDeviation(tables: readonly BenchTable[], column: 'sent' | 'received'): string {
  return range(tables.flatMap((table) => table.deviation?.[column] ?? []));
}

/** Messages received beyond those sent are requests for blocks; more of them than blocks were refused or repeated. */
function blockRequests(tables: readonly BenchTable[]): string[] {
  const requests = (side: 'measured' | 'paper'): number =>
    tables
      .flatMap(({ rows }) => rows)
      .reduce((sum, row) => {
        const { sent = NaN, received = NaN } = row[side];
        return sum + received - sent;
      }, 0);
  const [paper, measured] = [Math.round(requests('paper')), Math.round(requests('measured'))];
  if (Number.isNaN(paper) || Number.isNaN(measured)) return [];
  const wanted = tables.reduce((sum, { peers, blocks }) => sum + peers * (blocks - initialBlocks), 0);
  return [`to get ${wanted} blocks, the paper’s peers sent each other ${paper} requests, these peers ${measured}`];
}

function range(values: readonly number[]): string {
  if (values.length === 0) return 'an unavailable amount';
  const [least, most] = [percent(Math.min(...values)), percent(Math.max(...values))];
  return least === most ? least : `${least} to ${most}`;
}
