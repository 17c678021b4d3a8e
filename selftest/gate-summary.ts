import { median, sampleStandardDeviation } from 'simple-statistics';
import { signedPercent } from '../reports/compare/text.ts';
import { table } from '../reports/markdown/text.ts';
import type { ComparedBatch, CompareResult } from '../schemas/types.ts';

/** The comparisons of one kind of head with the reference. */
export interface GateTrial {
  readonly head: string;
  readonly links: string;
  /** What else ran on the machine; '' for nothing. */
  readonly load: string;
  readonly results: readonly CompareResult[];
}

const columns = 'Head,Links,Load,Comparisons,Exit 1,Exit 0,Exit 3,Measured,Scatter,Disturbed,Verdicts'.split(',');

/** A table of how often the gate gave each verdict, one row per kind of head. */
export function gateSummary(trials: readonly GateTrial[]): string {
  return table(columns, trials.filter(({ results }) => results.length > 0).map(row));
}

function row({ head, links, load, results }: GateTrial): string[] {
  const countWithExit = (code: number): string => String(results.filter(({ exitCode }) => exitCode === code).length);
  const changes = results.flatMap(({ batches }) => batches.flatMap(({ times }) => times.changePercent ?? []));
  const rounds = results.flatMap(({ batches }) => batches.flatMap((batch) => batch.rounds));
  const verdicts = [...new Set(results.map(({ verdict }) => verdict))];
  return [
    head,
    links,
    load,
    String(results.length),
    countWithExit(1),
    countWithExit(0),
    countWithExit(3),
    `${signedPercent(Math.min(...changes))} … ${signedPercent(Math.max(...changes))}`,
    `${median(results.flatMap(({ batches }) => batches.map(scatterPercent))).toFixed(1)} %`,
    `${((100 * rounds.filter(({ disturbed }) => disturbed).length) / rounds.length).toFixed(0)} %`,
    verdicts.map((verdict) => `${results.filter((result) => result.verdict === verdict).length} ${verdict}`).join(', '),
  ];
}

/** The standard deviation of the rounds of a batch. */
function scatterPercent({ rounds }: ComparedBatch): number {
  const logRatios = rounds.flatMap(({ logRatio }) => logRatio ?? []);
  return logRatios.length < 2 ? 0 : 100 * sampleStandardDeviation(logRatios);
}
