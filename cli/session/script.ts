import { CommanderError } from 'commander';
import { UsageError } from '../../launch/usage-error.ts';
import { exitCodes } from '../../schemas/exit-codes.ts';

/** Runs a script for its exit code; a wrong option or an unfit machine is wrong usage. */
export async function script(work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? exitCodes.success : exitCodes.usage;
    else if (error instanceof UsageError) {
      console.error(error.message);
      process.exitCode = exitCodes.usage;
    } else throw error;
  }
}
