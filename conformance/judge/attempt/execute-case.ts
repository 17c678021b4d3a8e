import type { ProgramOutput } from '../../../launch/process/program-output.ts';
import { clauseOf, type Case } from '../../cases/case.ts';
import type { Context } from '../../stage/context.ts';
import { exitIsSeenWithinMs } from '../../time-limits.ts';
import { Deviated, Violation } from '../../violation.ts';
import { seenDeviations } from '../../wire/reading/deviations.ts';
import type { Transcript } from '../../wire/transcript.ts';
import type { Servers } from './servers.ts';

/** How an executed case ended. */
export interface CaseEnd {
  /** What the case returned. */
  readonly observation?: string | void;
  /** What the case, or the setup of its stage, threw. */
  readonly error?: unknown;
  /** The program ended without being asked to. */
  readonly crashed: boolean;
  /** When the error was thrown, in milliseconds since the case began: later events come from clearing the stage. */
  readonly endMs: number;
  readonly output: ProgramOutput;
}

/** Resolves to how the program ended without being asked to, after `patienceMs` at most; undefined if it runs. */
type CrashCheck = (patienceMs: number) => Promise<string | undefined>;

/** Sets the stage, runs the case, clears the stage. Rejects only if the stage cannot be set or cleared. */
export async function executeCase(item: Case, context: Context, setStage: Servers['stage']): Promise<CaseEnd> {
  const { stage, run } = await setStage(item, context);
  const endsProgram = item.role === 'peer' && item.endsProgram === true;
  const crash: CrashCheck = endsProgram
    ? () => Promise.resolve(undefined)
    : (patienceMs) => stage.server.crash(patienceMs);
  const runStrictly = async (): ReturnType<Case['run']> => {
    const observation = await run();
    expectNoOwnDeviation(item, context.transcript);
    return observation;
  };
  const end = await runToEnd(runStrictly, context.transcript, crash);
  await stage.close();
  return { ...end, output: stage.server.output() };
}

/** What other cases read past breaks the clause that the case is about. */
function expectNoOwnDeviation(item: Case, { deviations }: Transcript): void {
  const own = seenDeviations(deviations, item.role).find(({ clause }) => clause === clauseOf(item).id);
  if (own !== undefined) throw new Deviated(own.expected, own.actual);
}

async function runToEnd(
  run: () => ReturnType<Case['run']>,
  transcript: Transcript,
  crash: CrashCheck,
): Promise<Omit<CaseEnd, 'output'>> {
  try {
    const observation = await run();
    // A program that crashed meanwhile fails, whatever the case is about.
    const how = await crash(0);
    if (how !== undefined) throw new Violation('a program that runs until it is stopped', how);
    return { observation, crashed: false, endMs: Infinity };
  } catch (error) {
    const endMs = transcript.nowMs();
    return { ...(await withCrash(error, crash)), endMs };
  }
}

/** A violation names the crash behind it, if there was one. */
async function withCrash(error: unknown, crash: CrashCheck): Promise<Pick<CaseEnd, 'error' | 'crashed'>> {
  try {
    // The connections of a crashing program close a moment before its exit is seen.
    const how = await crash(error instanceof Violation ? exitIsSeenWithinMs : 0);
    if (how === undefined) return { error, crashed: false };
    const isNamed = !(error instanceof Violation) || error.actual.includes(how);
    return {
      error: isNamed ? error : new Violation(error.expected, `${error.actual}; ${how}`, error.schemaPath),
      crashed: true,
    };
  } catch (crashUnknown) {
    return { error: crashUnknown, crashed: false };
  }
}
