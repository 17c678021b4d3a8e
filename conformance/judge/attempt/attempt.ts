import { ProgramError } from '../../../launch/process/program-error.ts';
import { noOutput, outputTail, type ProgramOutput } from '../../../launch/process/program-output.ts';
import { UsageError } from '../../../launch/usage-error.ts';
import { clauseOf, type Case } from '../../cases/case.ts';
import type { Context } from '../../stage/context.ts';
import type { RandomInputs } from '../../stage/random-inputs.ts';
import { caseEndsWithinMs } from '../../time-limits.ts';
import { CannotJudge, TimedViolation, TooSlow } from '../../violation.ts';
import { withTimeout } from '../../with-timeout.ts';
import { seenDeviations } from '../../wire/reading/deviations.ts';
import type { Manner } from '../../manner/manner.ts';
import type { OffPeriod, Transcript, WireEvent } from '../../wire/transcript.ts';
import { confirmInput } from './confirm-input.ts';
import { executeCase, type CaseEnd } from './execute-case.ts';
import { explainError, type Explanation } from './explanation.ts';
import { alone, besideOthers } from './quiet.ts';
import { firstConditions, replayOf, type Conditions, type Evidence } from './replay.ts';
import { launchedServers, type Servers } from './servers.ts';
import type { Turn } from '../turns/turns.ts';
import { contextOf, type FailedCaseStart, type Subject } from './subject.ts';

/** One attempt at a case. */
export interface Attempt extends Explanation {
  /** The program could not be started, or ended without being asked to. */
  readonly crashed?: true;
  /** How many times it was repeated, and why the last time. */
  readonly replays?: number;
  readonly replayReason?: string;
  readonly durationMs: number;
  /** The deviations from other clauses that the case was judged in spite of, as sentences. */
  readonly notes?: string[];
  /** The periods of the program that turned out to be off. */
  readonly offPeriods?: OffPeriod[];
  readonly transcript: readonly WireEvent[];
  /** The suite has connected to the program, even if the transcript does not go back so far. */
  readonly hasConnected: boolean;
  /** The end of what the program printed. */
  readonly output: ProgramOutput;
}

/** How patient an attempt is. */
export interface Patience {
  /** Stop replaying after this many attempts on an overloaded machine. */
  readonly maxReplays: number;
  /** Cases of others may be held up for a replay, and a used program may serve for a first attempt. */
  readonly isVerdict: boolean;
}

const forVerdict: Patience = { maxReplays: 3, isVerdict: true };

/**
 * Attempts a case. It is repeated under other conditions if it did not hold and the conditions may be the cause; what was not
 * seen in time on a machine that is too busy is no failure.
 * @throws UsageError if the manifest turns out to be wrong
 */
export async function attempt(
  item: Case,
  subject: Subject,
  manner: Manner,
  { maxReplays, isVerdict }: Patience = forVerdict,
): Promise<Attempt> {
  const shared = isVerdict ? await attemptInTurn(item, subject, manner) : undefined;
  if (shared !== undefined) return shared;
  let conditions = firstConditions;
  let replayReason: string | undefined;
  const failedStarts: FailedCaseStart[] = [];
  for (let replays = 0; ; replays++) {
    let startedAtMs = 0;
    const once = (): ReturnType<typeof attemptOnce> => {
      startedAtMs = performance.now();
      return attemptOnce(item, subject, conditions, manner, ownProgram(subject));
    };
    const { attempt: plain, ...evidence } = await (conditions.alone ? alone(once) : besideOthers(once));
    const made = replayReason === undefined ? plain : { ...plain, replays, replayReason };
    if (made.notStarted && made.crashed && subject.start !== undefined && replays < maxReplays) {
      failedStarts.push({ role: item.role, message: made.message, output: made.output });
      replayReason = 'the program did not start';
      continue;
    }
    if (!made.notStarted) subject.start?.failures.push(...failedStarts.splice(0));
    if (made.outcome !== 'broken' && made.outcome !== 'unknown') return made;
    const again = await replayOf(item, subject, conditions, { ...evidence, startedAtMs });
    if (again === undefined || (again.conditions.alone && !isVerdict)) {
      const { counterexample } = evidence;
      if (made.outcome !== 'broken' || counterexample === undefined) return made;
      return confirmInput(made, counterexample, (inputs) =>
        besideOthers(
          async () =>
            (await attemptOnce(item, subject, { ...conditions, inputs }, manner, ownProgram(subject))).attempt,
        ),
      );
    }
    if (replays === maxReplays)
      return evidence.isTimed ? { ...notSeenInTime(made), replays, replayReason: again.reason } : made;
    conditions = again.conditions;
    replayReason = again.reason;
  }
}

function notSeenInTime(made: Attempt): Attempt {
  const { notStarted, message, durationMs, transcript, hasConnected, output } = made;
  const reason = `not testable: the machine was too busy to tell what is due to the program (${message})`;
  return { outcome: 'unknown', notStarted, message: reason, durationMs, transcript, hasConnected, output };
}

/** An attempt on a program that other cases use, too. Only what holds counts. */
async function attemptInTurn(item: Case, subject: Subject, manner: Manner): Promise<Attempt | undefined> {
  const turn = subject.turns?.take(item, manner);
  if (turn === undefined) return undefined;
  const { attempt } = await besideOthers(() => attemptOnce(item, subject, firstConditions, manner, turn));
  if (attempt.outcome === 'held') return attempt;
  subject.turns?.wasInVain(item);
  return undefined;
}

function ownProgram({ servers = launchedServers }: Subject): Turn {
  return { starts: true, stage: (item, context) => servers.stage(item, context) };
}

async function attemptOnce(
  item: Case,
  subject: Subject,
  { stretch, longInfos, inputs }: Conditions,
  manner: Manner,
  turn: Turn,
): Promise<Evidence & { readonly attempt: Attempt }> {
  const { start } = subject;
  const endStart = (turn.starts ? await start?.slots.take() : undefined) ?? (() => undefined);
  const usual = contextOf(subject, item.id);
  const { transcript } = usual;
  const timing = { ...usual.timing, startMs: Math.max(usual.timing.startMs, start?.ms ?? 0) };
  const randomInputs: RandomInputs = { tried: inputs };
  const context: Context = { ...usual, timing, stretch, longInfos, randomInputs, manner };
  const deadlineMs = caseEndsWithinMs(timing);
  const stage: Servers['stage'] = (...of) => turn.stage(...of).finally(endStart);
  const end = await withTimeout(executeCase(item, context, stage), deadlineMs, () => {
    throw new CannotJudge(`the case did not end within ${deadlineMs} ms`);
  }).catch((error: unknown): CaseEnd => ({ error, crashed: false, endMs: Infinity, output: noOutput }));
  if (end.error instanceof UsageError) throw end.error;
  const explanation = explain(end, transcript);
  const { crashed, output } = end.error instanceof ProgramError ? programEnd(end.error) : end;
  const attempt: Attempt = {
    ...explanation,
    ...(crashed && explanation.outcome !== 'held' ? { crashed } : {}),
    durationMs: Math.round(transcript.nowMs()),
    ...notesOf(item, transcript),
    ...(transcript.offPeriods.length > 0 && { offPeriods: transcript.offPeriods }),
    transcript: transcript.events().filter(({ atMs }) => atMs <= end.endMs),
    hasConnected: transcript.hasConnected,
    output: outputTail(output),
  };
  return {
    attempt,
    tooSlow: end.error instanceof TooSlow,
    isTimed: !crashed && isTimed(end.error),
    counterexample: randomInputs.found,
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

function isTimed(error: unknown): boolean {
  return error instanceof TimedViolation || (error instanceof ProgramError && error.kind === 'deadline');
}

function programEnd({ kind, output }: ProgramError): Pick<CaseEnd, 'crashed' | 'output'> {
  return { crashed: kind !== 'deadline', output };
}
