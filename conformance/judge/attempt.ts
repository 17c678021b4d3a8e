import type { Implementation } from '../../launch/manifest/implementation.ts';
import { ProgramError } from '../../launch/process/program-error.ts';
import type { Session } from '../../launch/session.ts';
import { actualTiming } from '../../launch/manifest/timing.ts';
import { UsageError } from '../../launch/usage-error.ts';
import { whyNotApplicable, type Case } from '../cases/case.ts';
import { wasHeldUpSince } from './held-up.ts';
import { randomFor } from '../stage/random.ts';
import { suiteIntervals, type Context } from '../stage/context.ts';
import { launchedServers, type Servers, type Staged } from './servers.ts';
import { CannotJudge, Inapplicable, TooSlow, Violation } from '../violation.ts';
import { Transcript, type WireEvent } from '../wire/transcript.ts';
import { caseEndsWithinMs, exitIsSeenWithinMs } from '../time-limits.ts';

/** What came of one run of a case on programs of its own. */
export interface Attempt {
  /**
   * `held`: nothing was wrong. `broken`: the clause was broken. `unknown`: the case could not be judged. `inapplicable`: the
   * clause says nothing of this server.
   */
  readonly outcome: 'held' | 'broken' | 'unknown' | 'inapplicable';
  /** The program was not there to be judged: it could not be started, or ended or hung before it served. */
  readonly notStarted: boolean;
  readonly message: string;
  readonly expected?: string;
  readonly actual?: string;
  readonly schemaPath?: string;
  /** The program ended by itself while nothing asked it to, or could not be started. */
  readonly crashed?: true;
  readonly durationMs: number;
  readonly transcript: readonly WireEvent[];
  readonly stderr: string;
}

export interface Subject {
  readonly session: Session;
  readonly implementation: Implementation;
  readonly seed: number;
  /** The servers to judge; left out: each case launches its own. */
  readonly servers?: Servers;
}

/** Why a case is not to be played on the subject, or undefined if it is. */
export function whyNot(item: Case, { servers = launchedServers, implementation }: Subject): string | undefined {
  return servers.whyNot(item) ?? whyNotApplicable(item, implementation.manifest);
}

type Verdict = Omit<Attempt, 'durationMs' | 'transcript' | 'stderr' | 'crashed'>;

const stderrCharacters = 4_000;

/** A machine so busy that the suite is held up again and again is not waited for for ever. */
const mostReplays = 3;
/** How many times longer the intervals of a case are made when they were too short. */
const STRETCH = 3;

/**
 * Runs a case: once, but again if something was wrong and the suite itself was kept from running meanwhile, and with longer
 * intervals if those of the case were too short to judge.
 * @throws UsageError if the manifest turns out to be wrong
 */
export async function attempt(item: Case, subject: Subject): Promise<Attempt> {
  for (let replays = 0, stretch = 1; ; replays++) {
    const startedAtMs = performance.now();
    const { tooSlow, ...made } = await attemptOnce(item, subject, stretch);
    const isBad = made.outcome === 'broken' || made.outcome === 'unknown';
    if (!isBad || replays === mostReplays) return made;
    if (tooSlow) stretch *= STRETCH;
    else if (!wasHeldUpSince(startedAtMs)) return made;
  }
}

/** Sets the stage, plays the case, clears the stage. */
async function attemptOnce(
  item: Case,
  subject: Subject,
  stretch: number,
): Promise<Attempt & { readonly tooSlow: boolean }> {
  const { session: session, implementation, seed, servers = launchedServers } = subject;
  const timing = actualTiming(implementation, suiteIntervals);
  const transcript = new Transcript();
  const context: Context = {
    session: session,
    implementation,
    timing,
    transcript,
    random: randomFor(seed, item.id),
    stretch,
  };
  let remains: Remains = { stderr: '', crashed: false, endMs: Infinity };
  let verdict: Verdict;
  let tooSlow = false;
  try {
    const observation = await withDeadline(caseEndsWithinMs(timing), () =>
      play(item, context, servers, (left) => {
        remains = left;
      }),
    );
    if (transcript.harnessError !== undefined) throw transcript.harnessError;
    verdict = { outcome: 'held', notStarted: false, message: observation ?? '' };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    tooSlow = error instanceof TooSlow;
    if (error instanceof ProgramError) {
      remains = { ...remains, stderr: error.stderr, crashed: error.kind !== 'deadline' };
    }
    verdict = explain(transcript.harnessError ?? error);
  }
  const { stderr, crashed, endMs } = remains;
  return {
    ...verdict,
    tooSlow,
    ...(crashed && verdict.outcome !== 'held' ? { crashed } : {}),
    durationMs: Math.round(transcript.nowMs()),
    transcript: transcript.events().filter(({ atMs }) => atMs <= endMs),
    stderr: stderr.slice(-stderrCharacters),
  };
}

type Observation = ReturnType<Case['run']>;

/** What is left of a program when its case is over. */
interface Remains {
  readonly stderr: string;
  readonly crashed: boolean;
  /** When the clause was broken, since the case began: what is on the wire later is only the stage being cleared. */
  readonly endMs: number;
}

async function play(item: Case, context: Context, servers: Servers, keep: (remains: Remains) => void): Observation {
  const staged = await servers.stage(item, context);
  const endsProgram = item.role === 'peer' && item.endsProgram === true;
  const crash = endsProgram
    ? () => Promise.resolve(undefined)
    : (patienceMs: number) => staged.stage.server.crash(patienceMs);
  return await playOn(staged, context, crash, keep);
}

async function playOn(
  { stage, run }: Staged,
  { transcript }: Context,
  crash: (patienceMs: number) => Promise<string | undefined>,
  keep: (remains: Remains) => void,
): Observation {
  let endMs = Infinity;
  let crashed = false;
  try {
    const observation = await run();
    // Whatever the case was about: a program that fell over while it ran has not passed it.
    const end = await crash(0);
    if (end !== undefined) throw new Violation('the program to run until it is stopped', end);
    return observation;
  } catch (error) {
    endMs = transcript.nowMs();
    // The connections of a program that crashes close a moment before its end is known.
    const end = await crash(error instanceof Violation ? exitIsSeenWithinMs : 0);
    crashed = end !== undefined;
    if (!(error instanceof Violation) || end === undefined || error.actual.includes(end)) throw error;
    throw new Violation(error.expected, `${error.actual}; ${end}`, error.schemaPath);
  } finally {
    await stage.close();
    keep({ stderr: stage.server.stderr(), crashed, endMs });
  }
}

function explain(error: unknown): Verdict {
  const notStarted = error instanceof ProgramError;
  if (error instanceof Violation) {
    const { message, expected, actual, schemaPath } = error;
    return {
      outcome: 'broken',
      notStarted,
      message,
      expected,
      actual,
      ...(schemaPath === undefined ? {} : { schemaPath }),
    };
  }
  if (error instanceof ProgramError) {
    return {
      outcome: 'broken',
      notStarted,
      message: error.message,
      expected: 'a program that starts',
      actual: error.message,
    };
  }
  if (error instanceof Inapplicable) return { outcome: 'inapplicable', notStarted, message: error.message };
  if (error instanceof CannotJudge) return { outcome: 'unknown', notStarted, message: error.message };
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { outcome: 'unknown', notStarted, message: `the harness failed: ${message}` };
}

async function withDeadline<T>(deadlineMs: number, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new CannotJudge(`the case did not end within ${deadlineMs} ms`)), deadlineMs);
  });
  try {
    return await Promise.race([work(), late]);
  } finally {
    clearTimeout(timer);
  }
}
