import type { ConformanceCase } from '../../../schemas/types.ts';
import type { Case } from '../../cases/case.ts';
import { allCases } from '../../cases/index.ts';
import { whySkipped, type FailedCaseStart, type Subject } from '../attempt/subject.ts';
import { judgeCases, type JudgeOptions } from '../judge-cases.ts';
import { checkStarts, type Starts } from './check-starts.ts';
import { notStartedCase, startProblem } from './not-started.ts';
import { Turns } from '../turns/turns.ts';
import { StartSlots, startsAtOnce } from './start-slots.ts';
import { withFailures } from './failed-starts.ts';
import { slowest, type StartTimes } from './start-times.ts';

export interface JudgeWithStartsOptions extends JudgeOptions {
  /** Called with the slower start of the programs, before any case runs; not called if none starts. */
  readonly onStarts?: (start: StartTimes) => void;
}

/**
 * Judges the cases of the programs that start; the others are not testable. A failed case that one of them rests on is judged,
 * too, if it is not among them: without it, nobody would see the failure.
 * @returns how the programs start, and the results in the order of `cases`, the added ones last; fewer than cases only if the
 * signal was aborted
 * @throws UsageError if the manifest turns out to be wrong
 */
export async function judgeWithStarts(
  cases: readonly Case[],
  subject: Subject,
  { onStarts, ...options }: JudgeWithStartsOptions,
): Promise<{ starts: Starts; results: ConformanceCase[] }> {
  const starts = await checkStarts(cases, subject);
  // An interrupted start says nothing about the program.
  if (options.signal?.aborted) return { starts: {}, results: [] };
  const start = slowest(
    Object.values(starts).flatMap(({ verdict, ms = 0, cpuMs = 0 }) => (verdict === 'starts' ? { ms, cpuMs } : [])),
  );
  if (start !== undefined) onStarts?.(start);
  const failures: FailedCaseStart[] = [];
  const slots = start && new StartSlots(startsAtOnce(start));
  const started = { ...subject, ...(start && slots && { start: { ms: start.ms, slots, failures } }) };
  const turns = subject.servers === undefined ? new Turns() : undefined;
  const results = await judgeStarted(cases, { ...started, ...(turns && { turns }) }, starts, options).finally(() =>
    turns?.close(),
  );
  return { starts: withFailures(starts, failures), results };
}

/** Judges the cases of the programs that start, and the failed cases that they rest on. */
async function judgeStarted(
  cases: readonly Case[],
  subject: Subject,
  starts: Starts,
  options: JudgeOptions,
): Promise<ConformanceCase[]> {
  const problemOf = (item: Case): string | undefined =>
    whySkipped(item, subject) === undefined ? startProblem(item.role, starts[item.role]) : undefined;
  const judged = await judgeCases(
    cases.filter((item) => problemOf(item) === undefined),
    subject,
    options,
  );
  const byId = new Map(judged.map((result) => [result.id, result]));
  const results = cases.flatMap((item): ConformanceCase[] => {
    const problem = problemOf(item);
    const result = problem === undefined ? byId.get(item.id) : notStartedCase(item, problem, options.repro(item.id));
    if (problem !== undefined && result !== undefined) options.onResult?.(result);
    return result === undefined ? [] : [result];
  });
  const { jobs, repro, signal } = options;
  const added = await judgeCases(unselectedRoots(results), subject, { jobs, repro, ...(signal && { signal }) });
  return [...results, ...added];
}

/** The cases that results name as the reason why they are not testable, except those that have a result. */
function unselectedRoots(results: readonly ConformanceCase[]): Case[] {
  const present = new Set(results.map(({ id }) => id));
  const roots = new Set(results.flatMap(({ blockedBy }) => blockedBy ?? []));
  return [...roots].filter((id) => !present.has(id)).flatMap((id) => allCases.get(id) ?? []);
}
