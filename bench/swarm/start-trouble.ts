import { ProgramTrouble } from '../../launch/process/program.ts';

/** What a start came to. An interrupted run cannot start anything more, which is no trouble of the harness. */
export async function orTrouble<T>(interrupt: AbortSignal, start: () => Promise<T>): Promise<T | ProgramTrouble> {
  try {
    return await start();
  } catch (error) {
    if (error instanceof ProgramTrouble) return error;
    if (interrupt.aborted) return new ProgramTrouble('cannot-start', 'The run was interrupted.');
    throw error;
  }
}
