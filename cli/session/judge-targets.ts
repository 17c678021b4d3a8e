import type { Case } from '../../conformance/cases/case.ts';
import type { LimitFunction } from 'p-limit';
import { conform } from '../../conformance/judge/conform.ts';
import { defaultJobs } from '../../conformance/judge/starts/default-jobs.ts';
import type { StartTimes } from '../../conformance/judge/starts/start-times.ts';
import { shellQuote } from '../../conformance/judge/shell-quote.ts';
import { sideBySide } from '../../conformance/judge/side-by-side.ts';
import { harnessCommand } from '../../launch/harness-command.ts';
import type { Session } from '../../launch/session.ts';
import { conformProgress } from '../../reports/terminal/conform-progress.ts';
import type { ConformanceResult } from '../../schemas/types.ts';
import type { Target } from './target.ts';

/** A server that already runs gets one case at a time: it may have other users, and a crash belongs to one case. */
const runningServerJobs = 1;

interface Options {
  readonly cases: readonly Case[];
  readonly seed: number;
  /** How many cases run side by side over all targets; by default as many as the implementations' timing allows. */
  readonly jobs?: number | undefined;
}

/** Judges the targets side by side, with live progress. @throws UsageError */
export async function judgeTargets(
  session: Session,
  targets: readonly Target[],
  { cases, seed, jobs }: Options,
  signal: AbortSignal,
): Promise<ConformanceResult[]> {
  const progress = conformProgress(process.stderr, cases.length * targets.length);
  const workloads = targets.map(({ implementation, knownFailures, args, servers }) => {
    const command = [...harnessCommand(), 'conform', ...args].map(shellQuote).join(' ');
    const name = targets.length === 1 ? undefined : implementation.manifest.name;
    const options = {
      knownFailures,
      signal,
      repro: (id: string) => `${command} --case ${shellQuote(id)} --seed ${seed}`,
      onStart: () => progress.started(),
      onResult: (done: ConformanceResult['cases'][number]) => progress.judged(done, name),
    };
    return {
      maxJobs: jobs ?? (servers === undefined ? defaultJobs(implementation) : runningServerJobs),
      run: (limit: LimitFunction, setMaxJobs: (maxJobs: number) => void) =>
        conform(
          cases,
          { session, implementation, seed, ...(servers && { servers }) },
          {
            ...options,
            jobs: limit,
            onStarts: (start: StartTimes) => {
              const maxJobs = jobs ?? defaultJobs(implementation, start);
              setMaxJobs(maxJobs);
              progress.measured(start, maxJobs, name);
            },
          },
        ),
    };
  });
  return sideBySide(workloads, jobs ?? Math.max(...workloads.map(({ maxJobs }) => maxJobs))).finally(() =>
    progress.end(),
  );
}
