import { ProgramError } from '../../../launch/process/program-error.ts';
import { noOutput, type ProgramOutput } from '../../../launch/process/program-output.ts';
import { actualTiming } from '../../../launch/manifest/timing.ts';
import { UsageError } from '../../../launch/usage-error.ts';
import { clauseOf, type Case } from '../../cases/case.ts';
import { suiteIntervals, type Context } from '../../stage/context.ts';
import { randomFor } from '../../stage/random.ts';
import { caseEndsWithinMs } from '../../time-limits.ts';
import { CannotJudge, TooSlow } from '../../violation.ts';
import { withTimeout } from '../../with-timeout.ts';
import { seenDeviations } from '../../wire/reading/deviations.ts';
import { Transcript, type WireEvent } from '../../wire/transcript.ts';
import { executeCase, type CaseEnd } from './execute-case.ts';
import { explainError, type Explanation } from './explanation.ts';
import { launchedServers, type Servers } from './servers.ts';
import { wasStarvedSince } from './starvation.ts';
import type { Subject } from './subject.ts';

/** One attempt at a case, on programs of its own. */
export interface Attempt extends Explanation {
  /** The program could not be started, or ended without being asked to. */
  readonly crashed?: true;
  readonly durationMs: number;
  /** The deviations from other clauses that the case was judged in spite of, as sentences. */
  readonly notes?: string[];
  readonly transcript: readonly WireEvent[];
  /** The end of what the program printed. */
  readonly output: ProgramOutput;
}

const outputCharacters = 4_000;
/** Stop replaying after this many attempts on an overloaded machine. */
const maxReplays = 3;
/** How many times longer the intervals of a case are made when they were too short. */
const stretchFactor = 3;

/**
 * Attempts a case. It is replayed if it failed while the harness was starved of CPU, and replayed with longer intervals if
 * those of the case were too short to judge.
 * @throws UsageError if the manifest turns out to be wrong
 */
export async function attempt(item: Case, subject: Subject): Promise<Attempt> {
  for (let replays = 0, stretch = 1; ; replays++) {
    const startedAtMs = performance.now();
    const { tooSlow, ...made } = await attemptOnce(item, subject, stretch);
    const isBad = made.outcome === 'broken' || made.outcome === 'unknown';
    if (!isBad || replays === maxReplays) return made;
    if (tooSlow) stretch *= stretchFactor;
    else if (!wasStarvedSince(startedAtMs)) return made;
  }
}

async function attemptOnce(
  item: Case,
  { session, implementation, seed, start, servers = launchedServers }: Subject,
  stretch: number,
): Promise<Attempt & { readonly tooSlow: boolean }> {
  const stated = actualTiming(implementation, suiteIntervals);
  const timing = { ...stated, startMs: Math.max(stated.startMs, start?.ms ?? 0) };
  const endStart = (await start?.slots.take()) ?? (() => undefined);
  const transcript = new Transcript();
  const random = randomFor(seed, item.id);
  const context: Context = { session, implementation, timing, transcript, random, stretch };
  const deadlineMs = caseEndsWithinMs(timing);
  const stage: Servers['stage'] = (...of) => servers.stage(...of).finally(endStart);
  const end = await withTimeout(executeCase(item, context, stage), deadlineMs, () => {
    throw new CannotJudge(`the case did not end within ${deadlineMs} ms`);
  }).catch((error: unknown): CaseEnd => ({ error, crashed: false, endMs: Infinity, output: noOutput }));
  if (end.error instanceof UsageError) throw end.error;
  const explanation = explain(end, transcript);
  const { crashed, output } = end.error instanceof ProgramError ? programEnd(end.error) : end;
  return {
    ...explanation,
    tooSlow: end.error instanceof TooSlow,
    ...(crashed && explanation.outcome !== 'held' ? { crashed } : {}),
    durationMs: Math.round(transcript.nowMs()),
    ...notesOf(item, transcript),
    transcript: transcript.events().filter(({ atMs }) => atMs <= end.endMs),
    output: {
      stdout: output.stdout.slice(-outputCharacters),
      stderr: output.stderr.slice(-outputCharacters),
    },
  };
}

function notesOf(item: Case, { deviations }: Transcript): Pick<Attempt, 'notes'> {
  const others = seenDeviations(deviations, item.role).filter(({ clause }) => clause !== clauseOf(item).id);
  return others.length === 0 ? {} : { notes: others.map(({ sentence }) => sentence) };
}

function explain({ error, observation }: CaseEnd, { harnessError }: Transcript): Explanation {
  const cause = harnessError ?? error;
  if (cause !== undefined) return explainError(cause);
  return { outcome: 'held', notStarted: false, message: observation ?? '' };
}

function programEnd({ kind, output }: ProgramError): Pick<CaseEnd, 'crashed' | 'output'> {
  return { crashed: kind !== 'deadline', output };
}
