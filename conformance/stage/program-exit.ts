import { errorMessage } from '../../launch/error-message.ts';
import type { Program } from '../../launch/process/program.ts';
import { CannotJudge, Violation } from '../violation.ts';

/** Expects that the process is still running. */
export function expectRunning(program: Program, after: string): void {
  if (program.exit !== undefined)
    throw new Violation(`a process that keeps running after ${after}`, describeExit(program));
}

/** How the program ended, or that it is running. */
export function describeExit({ exit }: Program): string {
  if (exit === undefined) return 'the process is running';
  return exit.signal === null ? `the process exited with code ${exit.code}` : `the process was ended by ${exit.signal}`;
}

/** Stops the program. @throws CannotJudge if it cannot be stopped: that breaks no clause */
export async function stopProgram(program: Program): Promise<void> {
  try {
    await program.stop();
  } catch (error) {
    throw new CannotJudge(errorMessage(error));
  }
}
