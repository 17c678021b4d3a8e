import { CommanderError } from 'commander';
import { UsageError } from '../../launch/usage-error.ts';

/** Runs a script for its exit code: 2 where its options, or the machine, are not fit for it. */
export async function script(work: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await work();
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
    else if (error instanceof UsageError) {
      console.error(error.message);
      process.exitCode = 2;
    } else throw error;
  }
}
