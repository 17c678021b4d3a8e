import { failsSession } from '../../conformance/judge/known-failures.ts';
import { exitCodes } from '../../schemas/exit-codes.ts';
import { badge } from '../formats/badge.ts';
import { benchmarkCsv, conformanceCsv } from '../formats/csv.ts';
import { bencherMetrics } from '../formats/dashboards/bencher.ts';
import { benchmarkAction } from '../formats/dashboards/benchmark-action.ts';
import { json } from '../formats/json.ts';
import { junit } from '../formats/junit.ts';
import { benchmarkMarkdown } from '../markdown/benchmark.ts';
import { compareMarkdown } from '../markdown/compare.ts';
import { conformanceMarkdown, overview } from '../markdown/conformance.ts';
import { benchReport } from '../terminal/bench-report.ts';
import { compareReport } from '../terminal/compare-report.ts';
import { conformReport, conformSummary } from '../terminal/conform-report.ts';
import { interopReport } from '../terminal/interop-report.ts';
import { fromConformance1 } from './conformance-1.ts';
import type { Kind, ResultKind, ResultOf } from './result.ts';

/** Everything that depends on the kind of a result, in the order in which reports show the kinds. */
export const kinds: { readonly [K in Kind]: ResultKind<ResultOf[K]> } = {
  conformance: {
    format: 'minibit-conformance-2',
    olderFormats: { 'minibit-conformance-1': fromConformance1 },
    schema: 'conformance-result',
    title: 'Conformance',
    implementations: ({ implementation }) => [implementation],
    exitCode: ({ verdict, knownFailures = [] }) => {
      if (verdict === 'not-conforming' || knownFailures.some(failsSession)) return exitCodes.failure;
      return verdict === 'not-judged' ? exitCodes.noVerdict : exitCodes.success;
    },
    terminal: (results, { paint }) => [
      ...results.map((result) => conformReport(result, paint)),
      ...(results.length > 1 ? [conformSummary(results, paint)] : []),
    ],
    reports: {
      html: async (results) => (await import('../html/conformance/part.ts')).conformancePart(results),
      markdown: (results) =>
        paragraphs(results.length > 1 ? overview(results) : '', ...results.map(conformanceMarkdown)),
      junit,
      badge,
      csv: conformanceCsv,
    },
  },
  interop: {
    format: 'minibit-interop-1',
    schema: 'interop-result',
    title: 'Interop',
    implementations: ({ implementations }) => implementations,
    exitCode: ({ verdict }) =>
      ({ 'all-complete': exitCodes.success, failures: exitCodes.failure, incomplete: exitCodes.noVerdict })[verdict],
    terminal: (results, { paint, columns }) => results.map((result) => interopReport(result, paint, columns)),
    reports: {
      html: async (results) =>
        sections('interop', results, (await import('../html/interop/section.ts')).interopSection),
    },
  },
  benchmark: {
    format: 'minibit-benchmark-2',
    schema: 'benchmark-result',
    title: 'Benchmark',
    implementations: ({ implementation }) => [implementation],
    exitCode: ({ verdict, brokenOff }) => {
      if (brokenOff !== undefined) return exitCodes.noVerdict;
      return verdict === 'complete' ? exitCodes.success : exitCodes.failure;
    },
    terminal: (results) => results.map(benchReport),
    reports: {
      html: async (results) => sections('benchmark', results, (await import('../html/bench/section.ts')).benchSection),
      markdown: (results) => paragraphs(...results.map(benchmarkMarkdown)),
      csv: benchmarkCsv,
    },
  },
  compare: {
    format: 'minibit-compare-1',
    schema: 'compare-result',
    title: 'Comparison',
    implementations: ({ base, head }) => [head, base].map(({ name, source }) => ({ name, manifest: source })),
    exitCode: ({ exitCode }) => exitCode,
    terminal: (results) => results.map(compareReport),
    reports: {
      html: async (results) =>
        sections('compare', results, (await import('../html/compare/section.ts')).compareSection),
      markdown: (results) => paragraphs(...results.map(compareMarkdown)),
      benchmarkAction: ([result]) => json(result && benchmarkAction(result)),
      bencher: ([result]) => json(result && bencherMetrics(result)),
    },
  },
};

/** Each result as a section of the page; the anchor of the first is the kind. */
function sections<R>(kind: Kind, results: readonly R[], section: (result: R, id: string) => string): string {
  return results.map((result, at) => section(result, at === 0 ? kind : `${kind}-${at + 1}`)).join('');
}

function paragraphs(...parts: string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}
