import pLimit, { type LimitFunction } from 'p-limit';
import type { ConformanceCase } from '../../schemas/types.ts';
import { attempt, whyNot, type Attempt, type Subject } from './attempt.ts';
import { clauseOf, type Case } from '../cases/case.ts';
import { allCases } from '../cases/index.ts';
import { startOrder } from './start-order.ts';

export type CaseResult = ConformanceCase;

export interface JudgeOptions {
  /** How many cases run side by side, or the limit that says so and may change. */
  readonly jobs: number | LimitFunction;
  /** The command that runs one case again, for the result. */
  readonly repro: (caseId: string) => string;
  /** Told when a case begins. */
  readonly onStart?: (item: Case) => void;
  /** Told of each verdict as it comes. */
  readonly onResult?: (result: CaseResult) => void;
  /** Once aborted, no further case begins, and those that run bring no verdict and are not waited for. */
  readonly signal?: AbortSignal;
}

/**
 * Judges the cases, each on programs of its own, several side by side.
 * @returns the results in the order of `cases`; fewer than cases only if the signal was aborted
 * @throws UsageError if the manifest turns out to be wrong
 */
export async function judge(cases: readonly Case[], subject: Subject, options: JudgeOptions): Promise<CaseResult[]> {
  const { jobs, signal } = options;
  const limit = typeof jobs === 'number' ? pLimit(jobs) : jobs;
  const attempts = new Attempts(subject);
  let onAbort = (): void => undefined;
  const aborted = new Promise<undefined>((resolve) => {
    onAbort = () => resolve(undefined);
    signal?.addEventListener('abort', onAbort);
  });
  const results = new Map<Case, CaseResult>();
  await Promise.all(
    startOrder(cases).map((item) =>
      limit(async () => {
        if (signal?.aborted) return;
        options.onStart?.(item);
        const result = await Promise.race([aborted, judgeCase(item, attempts, options.repro)]);
        if (result === undefined) return;
        results.set(item, result);
        options.onResult?.(result);
      }),
    ),
  ).finally(() => {
    limit.clearQueue();
    signal?.removeEventListener('abort', onAbort);
  });
  return cases.flatMap((item) => results.get(item) ?? []);
}

/** The attempts of a run by case: a case that others need is not played twice. */
class Attempts {
  readonly subject: Subject;
  readonly #attempts = new Map<string, Promise<Attempt>>();

  constructor(subject: Subject) {
    this.subject = subject;
  }

  of(item: Case): Promise<Attempt> {
    const made = this.#attempts.get(item.id) ?? attempt(item, this.subject);
    this.#attempts.set(item.id, made);
    return made;
  }
}

async function judgeCase(item: Case, attempts: Attempts, repro: JudgeOptions['repro']): Promise<CaseResult> {
  const clause = clauseOf(item);
  const base = {
    id: item.id,
    clause: clause.id,
    level: clause.level,
    role: item.role,
    title: item.title,
    requirement: clause.text,
    repro: repro(item.id),
  };
  const reason = whyNot(item, attempts.subject);
  if (reason !== undefined) {
    return { ...base, verdict: 'not-applicable', message: reason, durationMs: 0, transcript: [] };
  }
  const lacking = await whatIsLacking(item, attempts);
  if (lacking !== undefined) {
    const { blockedBy, why } = lacking;
    const message = `not testable: ${blockedBy} is broken (${why})`;
    return { ...base, verdict: 'error', message, blockedBy, durationMs: 0, transcript: [] };
  }
  const { outcome, notStarted, transcript, stderr, ...rest } = await attempts.of(item);
  if (outcome === 'held') {
    const verdict = clause.level === 'MAY' ? 'info' : 'pass';
    return { ...base, verdict, ...rest, transcript: [] };
  }
  if (outcome === 'inapplicable') {
    return { ...base, verdict: 'not-applicable', message: rest.message, durationMs: rest.durationMs, transcript: [] };
  }
  const evidence = { ...rest, transcript: [...transcript], stderr };
  if (outcome === 'unknown') return { ...base, verdict: 'error', ...evidence };
  // Whether the program starts at all is told by the cases that need no other: at least one of them for each role.
  if (notStarted && item.needs.length > 0) {
    return { ...base, verdict: 'error', ...evidence, message: `not testable: ${rest.message}` };
  }
  const verdict = clause.level === 'MUST' ? 'fail' : clause.level === 'SHOULD' ? 'warn' : 'info';
  return { ...base, verdict, ...evidence };
}

/**
 * Why a case would say nothing of its own clause, if so: something that it needs is broken. It is found out before the case
 * is played, so that the verdict is the same whichever other cases are selected, and nobody waits for what cannot come.
 */
async function whatIsLacking(item: Case, attempts: Attempts): Promise<{ blockedBy: string; why: string } | undefined> {
  for (const id of item.needs) {
    const need = allCases.get(id);
    if (need === undefined) throw new Error(`Case ${item.id} needs ${id}, which is no case.`);
    if (whyNot(need, attempts.subject) !== undefined) continue;
    const deeper = await whatIsLacking(need, attempts);
    if (deeper !== undefined) return deeper;
    const { outcome, message } = await attempts.of(need);
    if (outcome !== 'held' && outcome !== 'inapplicable') return { blockedBy: id, why: message };
  }
  return undefined;
}
