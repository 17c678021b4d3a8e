import { errorMessage } from '../../../launch/error-message.ts';
import { noOutput, type ProgramOutput } from '../../../launch/process/program-output.ts';
import { ProgramError } from '../../../launch/process/program-error.ts';
import type { Program } from '../../../launch/process/program.ts';
import type { Role } from '../../../launch/manifest/implementation.ts';
import { UsageError } from '../../../launch/usage-error.ts';
import type { Context } from '../../stage/context.ts';
import { PeerStage } from '../../stage/peer-stage.ts';
import { sampleBlocks } from '../../stage/sample-blocks.ts';
import { stopProgram } from '../../stage/program-exit.ts';
import { portHint } from './port-hint.ts';
import type { StartTimes } from './start-times.ts';

/** A program that did not start, and why. */
export interface FailedStart {
  readonly message: string;
  /** It was running when the wait was over. */
  readonly isRunning: boolean;
  readonly output: ProgramOutput;
}

/** Starts a program once, and stops it. @throws UsageError if the manifest turns out to be wrong */
export async function tryStart(role: Role, context: Context, limitMs: number): Promise<StartTimes | FailedStart> {
  try {
    return await (role === 'tracker' ? startTracker : startPeer)(context, limitMs);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    if (error instanceof ProgramError) {
      const message = error.message + portHint(role, context.implementation.manifest);
      return { message, isRunning: error.kind === 'deadline', output: error.output };
    }
    return { message: errorMessage(error), isRunning: true, output: noOutput };
  }
}

async function startTracker({ session, implementation }: Context, limitMs: number): Promise<StartTimes> {
  const blocks = sampleBlocks(8);
  const settings = { blocks: blocks.length, file: Buffer.from(blocks.join('')) };
  const program = await session.launch(implementation, 'tracker', settings);
  try {
    await program.untilListening(limitMs);
    return timesOf(program);
  } finally {
    await stopProgram(program);
  }
}

/** A peer that listens but sends nothing to its tracker has started: what it lacks is the matter of a case. */
async function startPeer(context: Context, limitMs: number): Promise<StartTimes> {
  const stage = await PeerStage.open(context, { startOnly: true });
  const { program, tracker } = stage;
  try {
    const { watch } = context.transcript;
    const hasSpoken = (): boolean => tracker.requests.length > 0 || tracker.streamProblem !== undefined;
    await watch.until(() => hasSpoken() || program.exit !== undefined, limitMs);
    if (hasSpoken() || (program.exit === undefined && (await program.isListening()))) return timesOf(program);
    const output = { stdout: program.stdout(), stderr: program.stderr() };
    const { exit } = program;
    if (exit === undefined) {
      throw new ProgramError('deadline', `The peer sent nothing to its tracker within ${limitMs} ms.`, output);
    }
    const how = exit.signal === null ? `ended with exit code ${exit.code}` : `was ended by ${exit.signal}`;
    throw new ProgramError('exited', `The peer ${how} before it sent anything to its tracker.`, output);
  } finally {
    await stage.close();
  }
}

function timesOf(program: Program): StartTimes {
  const ms = performance.now() - program.startedAtMs;
  return { ms: Math.round(ms), cpuMs: program.resources()?.cpuMs ?? 0 };
}
