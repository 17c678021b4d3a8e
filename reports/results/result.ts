import type { BenchmarkResult, CompareResult, ConformanceResult, InteropResult } from '../../schemas/types.ts';
import type { Paint } from '../terminal/colour.ts';

/** The kinds of results. */
export interface ResultOf {
  conformance: ConformanceResult;
  interop: InteropResult;
  benchmark: BenchmarkResult;
  compare: CompareResult;
}

export type Kind = keyof ResultOf;

/** What a command found. Its `format` tells the kind. */
export type Result = ResultOf[Kind];

/** The reports whose content depends on the kind of result. */
export type ReportName = 'html' | 'markdown' | 'junit' | 'badge' | 'csv' | 'benchmarkAction' | 'bencher';

type ResultSchema = 'conformance-result' | 'interop-result' | 'benchmark-result' | 'compare-result';

/** Where a report is printed. */
export interface Terminal {
  readonly paint: Paint;
  /** The width, if it is known. */
  readonly columns: number | undefined;
}

/** Everything that depends on the kind of a result. */
export interface ResultKind<R extends Result> {
  readonly format: R['format'];
  /** Converters from the formats of older versions, which are still read. */
  readonly olderFormats?: Readonly<Record<string, (stored: Record<string, unknown>) => unknown>>;
  readonly schema: ResultSchema;
  readonly title: string;
  readonly implementations: (result: R) => readonly { readonly name: string; readonly manifest: string }[];
  readonly exitCode: (result: R) => number;
  readonly terminal: (results: readonly R[], terminal: Terminal) => string[];
  /** The reports that there are of this kind. `html` and `markdown` give a part of a document, the others a whole file. */
  readonly reports: Readonly<Partial<Record<ReportName, (results: readonly R[]) => string | Promise<string>>>>;
}
