import type { Case } from '../../conformance/cases/case.ts';
import { conform } from '../../conformance/judge/conform.ts';
import { defaultJobs } from '../../conformance/judge/default-jobs.ts';
import { loadKnownFailures, failsSession } from '../../conformance/judge/known-failures.ts';
import { shellQuote } from '../../conformance/judge/shell-quote.ts';
import { sideBySide } from '../../conformance/judge/side-by-side.ts';
import type { Servers } from '../../conformance/judge/attempt/servers.ts';
import { loadImplementation } from '../../launch/manifest/load-implementation.ts';
import type { Implementation } from '../../launch/manifest/implementation.ts';
import type { Session } from '../../launch/session.ts';
import { conformProgress } from '../../reports/terminal/conform-progress.ts';
import type { ConformanceResult, KnownFailure } from '../../schemas/types.ts';

/** An implementation to judge. */
export interface Target {
  readonly implementation: Implementation;
  readonly knownFailures: readonly KnownFailure[] | undefined;
  /** The words that name it on the command line, for the commands that repeat a case. */
  readonly words: readonly string[];
  /** The servers to judge, if they run already. */
  readonly servers?: Servers;
}

/** Reads a manifest and its known failures. @throws UsageError */
export async function loadTarget(named: string | undefined, knownFailuresPath?: string): Promise<Target> {
  const implementation = await loadImplementation(named);
  const words = named === undefined ? [] : [named];
  return { implementation, words, knownFailures: await loadKnownFailures(knownFailuresPath, implementation) };
}

/** On a server that runs already, so that it is clear which case it fell over in, and others have the use of it. */
const oneByOne = 1;

export interface Judgement {
  readonly cases: readonly Case[];
  readonly seed: number;
  /** How many cases run side by side in all; left out: as many as the implementations' waiting allows. */
  readonly jobs?: number | undefined;
}

/** Judges the targets side by side, with live progress. @throws UsageError */
export async function judgeTargets(
  session: Session,
  targets: readonly Target[],
  { cases, seed, jobs }: Judgement,
  signal: AbortSignal,
): Promise<ConformanceResult[]> {
  const progress = conformProgress(process.stderr, cases.length * targets.length);
  const workloads = targets.map(({ implementation, knownFailures, words, servers }) => {
    const command = ['npx minibit conform', ...words.map(shellQuote)].join(' ');
    const name = targets.length === 1 ? undefined : implementation.manifest.name;
    const options = {
      knownFailures,
      signal,
      repro: (id: string) => `${command} --case ${shellQuote(id)} --seed ${seed}`,
      onStart: () => progress.started(),
      onResult: (done: ConformanceResult['cases'][number]) => progress.judged(done, name),
    };
    return {
      maxJobs: jobs ?? (servers === undefined ? defaultJobs(implementation) : oneByOne),
      run: (limit: NonNullable<Parameters<typeof conform>[2]['jobs']>) =>
        conform(
          cases,
          { session: session, implementation, seed, ...(servers && { servers }) },
          { ...options, jobs: limit },
        ),
    };
  });
  return sideBySide(workloads, jobs ?? Math.max(...workloads.map(({ maxJobs }) => maxJobs))).finally(() =>
    progress.end(),
  );
}

/** 0: the run passes; 1: a MUST is broken or the list of known failures is wrong; 3: not everything could be judged. */
export function conformExitCode({ verdict, knownFailures = [] }: ConformanceResult): number {
  if (verdict === 'not-conforming' || knownFailures.some(failsSession)) return 1;
  return verdict === 'not-judged' ? 3 : 0;
}
