import { poll } from '../poll.ts';

/** Waits for a condition of a test. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, deadlineMs = 15_000): Promise<void> {
  if (!(await poll(holds, deadlineMs))) throw new Error(`Not within ${deadlineMs} ms: ${what}.`);
}

/** The error that a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('The promise did not reject.');
}
