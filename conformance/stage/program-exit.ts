import { errorMessage } from '../../launch/error-message.ts';
import type { Program } from '../../launch/process/program.ts';
import { CannotJudge, Violation } from '../violation.ts';

/** Throws a violation unless the process that was started still runs. */
export function expectAlive(program: Program, after: string): void {
  if (program.exit !== undefined) throw new Violation(`the process to go on after ${after}`, describeExit(program));
}

/** How the program ended, or that it runs. */
export function describeExit({ exit }: Program): string {
  if (exit === undefined) return 'the process runs';
  return exit.signal === null ? `the process exited with code ${exit.code}` : `the process was ended by ${exit.signal}`;
}

/** Stops the program; that something of it is left is trouble for the harness, and says nothing of the clause. */
export async function stopProgram(program: Program): Promise<void> {
  try {
    await program.stop();
  } catch (error) {
    throw new CannotJudge(errorMessage(error));
  }
}
