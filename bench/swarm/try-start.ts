import { ProgramError } from '../../launch/process/program-error.ts';

/** What `start` returns, or why it failed. A start that fails because of the interrupt is not an error of the harness. */
export async function tryStart<T>(interrupt: AbortSignal, start: () => Promise<T>): Promise<T | ProgramError> {
  try {
    return await start();
  } catch (error) {
    if (error instanceof ProgramError) return error;
    if (interrupt.aborted) return new ProgramError('cannot-start', 'The run was interrupted.');
    throw error;
  }
}
