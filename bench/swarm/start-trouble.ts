import { ProgramError } from '../../launch/process/program-error.ts';

/** What a start came to. An interrupted run cannot start anything more, which is no trouble of the harness. */
export async function orTrouble<T>(interrupt: AbortSignal, start: () => Promise<T>): Promise<T | ProgramError> {
  try {
    return await start();
  } catch (error) {
    if (error instanceof ProgramError) return error;
    if (interrupt.aborted) return new ProgramError('cannot-start', 'The run was interrupted.');
    throw error;
  }
}
