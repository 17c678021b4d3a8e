import pLimit, { type LimitFunction } from 'p-limit';
import { actualTiming } from '../../launch/manifest/timing.ts';
import type { ConformanceCase } from '../../schemas/types.ts';
import type { Case } from '../cases/case.ts';
import type { Subject } from './attempt/subject.ts';
import { addCauses } from './causes/add-causes.ts';
import { judgeCase } from './judge-case.ts';
import { Attempts } from './attempts.ts';
import { Standings } from './help/standings.ts';
import { suiteIntervals } from '../stage/context.ts';
import { CaseQueue } from './case-queue.ts';

export interface JudgeOptions {
  /** How many cases run side by side, or a limit whose concurrency may change meanwhile. */
  readonly jobs: number | LimitFunction;
  /** The command that reruns one case, for the result. */
  readonly repro: (caseId: string) => string;
  /** Called when a case begins. */
  readonly onStart?: (item: Case) => void;
  /** Called with each result as it comes. */
  readonly onResult?: (result: ConformanceCase) => void;
  /** Once aborted, no further case begins, and running cases are abandoned without a verdict. */
  readonly signal?: AbortSignal;
}

/**
 * Judges the cases, several side by side.
 * @returns the results in the order of `cases`; fewer than cases only if the signal was aborted
 * @throws UsageError if the manifest turns out to be wrong
 */
export async function judgeCases(
  cases: readonly Case[],
  subject: Subject,
  { jobs, repro, onStart, onResult, signal }: JudgeOptions,
): Promise<ConformanceCase[]> {
  const limit = typeof jobs === 'number' ? pLimit(jobs) : jobs;
  const attempts = new Attempts(subject);
  const standings = new Standings(attempts);
  let onAbort = (): void => undefined;
  const aborted = new Promise<undefined>((resolve) => {
    onAbort = () => resolve(undefined);
    signal?.addEventListener('abort', onAbort);
  });
  const results = new Map<Case, ConformanceCase>();
  const queue = new CaseQueue(cases, actualTiming(subject.implementation, suiteIntervals));
  await Promise.all(
    cases.map(() =>
      limit(async () => {
        const item = signal?.aborted ? undefined : queue.next();
        if (item === undefined) return;
        onStart?.(item);
        const judging = judgeCase(item, attempts, standings, repro(item.id)).finally(() => queue.ended(item));
        const result = await Promise.race([aborted, judging]);
        if (result === undefined) return;
        results.set(item, result);
        onResult?.(result);
      }),
    ),
  ).finally(() => {
    limit.clearQueue();
    signal?.removeEventListener('abort', onAbort);
  });
  return addCauses(
    cases.flatMap((item) => results.get(item) ?? []),
    attempts.harmless,
  );
}
