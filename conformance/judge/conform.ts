import { performance } from 'node:perf_hooks';
import type { ConformanceCase, ConformanceResult, KnownFailure } from '../../schemas/types.ts';
import { harnessFacts } from '../../launch/harness-facts.ts';
import type { Subject } from './attempt/subject.ts';
import type { Case } from '../cases/case.ts';
import type { Starts } from './starts/check-starts.ts';
import { judgeWithStarts, type JudgeWithStartsOptions } from './starts/judge-with-starts.ts';
import { accommodationsMade } from './help/accommodations-made.ts';
import { knownFailureStates, markKnown } from './known-failures.ts';

const verdicts = ['pass', 'fail', 'warn', 'info', 'not-applicable', 'error'] as const;

export interface ConformOptions extends JudgeWithStartsOptions {
  /** Failures that do not fail the session. */
  readonly knownFailures?: readonly KnownFailure[] | undefined;
}

/**
 * Judges an implementation by the given cases.
 * @returns a result that is valid against schemas/conformance-result.json
 * @throws UsageError if the manifest turns out to be wrong
 */
export async function conform(
  cases: readonly Case[],
  subject: Subject,
  { knownFailures, onResult, ...options }: ConformOptions,
): Promise<ConformanceResult> {
  const harness = harnessFacts(subject.seed);
  const startMs = performance.now();
  const mark = (result: ConformanceCase): ConformanceCase => markKnown(result, knownFailures ?? []);
  const judged = await judgeWithStarts(cases, subject, {
    ...options,
    onResult: (result) => onResult?.(mark(result)),
  });
  const { starts } = judged;
  const results = judged.results.map(mark);
  const { name, language, version, extensions = [] } = subject.implementation.manifest;
  const interrupted = results.length < cases.length;
  const accommodations = accommodationsMade(results);
  return {
    format: 'minibit-conformance-2',
    implementation: {
      name,
      ...(language === undefined ? {} : { language }),
      ...(version === undefined ? {} : { version }),
      extensions: [...extensions],
      manifest: subject.implementation.path,
    },
    harness,
    verdict: verdictOf(results, starts, interrupted),
    ...(interrupted && { interruptedBy: String(options.signal?.reason) }),
    ...(Object.keys(starts).length > 0 && { starts }),
    durationMs: Math.round(performance.now() - startMs),
    summary: Object.fromEntries(
      verdicts.map((verdict) => [verdict, results.filter((result) => result.verdict === verdict).length]),
    ) as ConformanceResult['summary'],
    ...(knownFailures === undefined ? {} : { knownFailures: knownFailureStates(results, knownFailures) }),
    ...(accommodations.length > 0 && { accommodations }),
    cases: results,
  };
}

function verdictOf(
  results: readonly ConformanceCase[],
  starts: Starts,
  interrupted: boolean,
): ConformanceResult['verdict'] {
  if (Object.values(starts).some(({ verdict }) => verdict === 'does-not-start')) return 'not-conforming';
  const open = results.filter(({ known }) => known === undefined);
  if (open.some(({ verdict }) => verdict === 'fail')) return 'not-conforming';
  const judged = results.some(({ verdict }) => verdict !== 'not-applicable');
  const isUnsteady = Object.values(starts).some(({ verdict }) => verdict === 'starts-not-always');
  if (interrupted || !judged || isUnsteady || open.some(({ verdict }) => verdict === 'error')) return 'not-judged';
  return results.some(({ verdict }) => verdict === 'fail') ? 'known-failures' : 'conforming';
}
