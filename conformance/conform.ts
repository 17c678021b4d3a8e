import { performance } from 'node:perf_hooks';
import type { ConformanceResult } from '../schemas/types.ts';
import { harnessFacts } from '../reports/harness-facts.ts';
import type { Subject } from './attempt.ts';
import type { Case } from './case.ts';
import { judge, type CaseResult, type JudgeOptions } from './judge.ts';

const VERDICTS = ['pass', 'fail', 'warn', 'info', 'not-applicable', 'error'] as const;

/**
 * Judges an implementation by the given cases.
 * @returns a result that is valid against schemas/conformance-result.json
 * @throws UsageError if the manifest turns out to be wrong
 */
export async function conform(
  cases: readonly Case[],
  subject: Subject,
  options: JudgeOptions,
): Promise<ConformanceResult> {
  const harness = harnessFacts(subject.seed);
  const startMs = performance.now();
  const results = await judge(cases, subject, options);
  const { name, language, version, extensions = [] } = subject.implementation.manifest;
  const interrupted = results.length < cases.length;
  return {
    format: 'minibit-conformance-1',
    implementation: {
      name,
      ...(language === undefined ? {} : { language }),
      ...(version === undefined ? {} : { version }),
      extensions: [...extensions],
      manifest: subject.implementation.path,
    },
    harness,
    verdict: verdictOf(results, interrupted),
    interrupted,
    durationMs: Math.round(performance.now() - startMs),
    summary: Object.fromEntries(
      VERDICTS.map((verdict) => [verdict, results.filter((result) => result.verdict === verdict).length]),
    ) as ConformanceResult['summary'],
    cases: results,
  };
}

function verdictOf(results: readonly CaseResult[], interrupted: boolean): ConformanceResult['verdict'] {
  if (results.some(({ verdict }) => verdict === 'fail')) return 'not-conforming';
  const judged = results.some(({ verdict }) => verdict !== 'not-applicable');
  return interrupted || !judged || results.some(({ verdict }) => verdict === 'error') ? 'not-judged' : 'conforming';
}
