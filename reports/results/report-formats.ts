import { json } from '../formats/json.ts';
import { renderMarkdown } from '../markdown/summary.ts';
import { kindsIn, reportParts } from './by-kind.ts';
import { kinds } from './kinds.ts';
import type { ReportName, Result } from './result.ts';

/** A file that results can be written to. */
export interface ReportFormat {
  /** The option of the command line. */
  readonly option: string;
  readonly help: string;
  readonly takes: 'any results' | 'results of one kind' | 'one result';
  readonly render: (results: readonly Result[]) => string | Promise<string>;
}

export type FormatName = ReportName | 'json';

export const reportFormats: Readonly<Record<FormatName, ReportFormat>> = {
  json: {
    option: '--json',
    help: 'write all data as JSON; several results as an array',
    takes: 'any results',
    render: (results) => json(results.length === 1 ? results[0] : results),
  },
  html: {
    option: '--html',
    help: 'write a self-contained HTML page',
    takes: 'any results',
    // The chart library takes a while to load.
    render: async (results) => (await import('../html/page.ts')).renderPage(results),
  },
  markdown: {
    option: '--markdown',
    help: 'write a Markdown summary, such as for a CI step',
    takes: 'any results',
    render: renderMarkdown,
  },
  junit: {
    option: '--junit',
    help: 'write JUnit XML',
    takes: 'results of one kind',
    render: onlyPart('junit'),
  },
  badge: {
    option: '--badge',
    help: 'write the JSON of a shields.io endpoint badge',
    takes: 'results of one kind',
    render: onlyPart('badge'),
  },
  csv: {
    option: '--csv',
    help: 'write CSV: conformance by implementation and clause, benchmarks by peer',
    takes: 'results of one kind',
    render: onlyPart('csv'),
  },
  benchmarkAction: {
    option: '--benchmark-action',
    help: 'write the times and requests of head for github-action-benchmark',
    takes: 'one result',
    render: onlyPart('benchmarkAction'),
  },
  bencher: {
    option: '--bencher',
    help: 'write the times and requests of head for Bencher',
    takes: 'one result',
    render: onlyPart('bencher'),
  },
};

function onlyPart(report: ReportName): ReportFormat['render'] {
  return async (results) => (await reportParts(report, results)).join('');
}

/** Why a format cannot show these results; undefined if it can. */
export function refusal(name: FormatName, results: readonly Result[]): string | undefined {
  const { option, takes } = reportFormats[name];
  const found = kindsIn(results);
  const unfit = name === 'json' ? undefined : found.find((kind) => kinds[kind].reports[name] === undefined);
  if (unfit !== undefined) {
    const possible = Object.keys(kinds[unfit].reports).map((report) => reportFormats[report as ReportName].option);
    return `${option} is not available for ${kinds[unfit].title.toLowerCase()} results: use ${possible.join(', ')}.`;
  }
  if (takes !== 'any results' && found.length > 1) return `${option} takes results of one kind: leave out the others.`;
  if (takes === 'one result' && results.length > 1) return `${option} takes one result: leave out the others.`;
  return undefined;
}
