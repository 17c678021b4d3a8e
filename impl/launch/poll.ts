import { setTimeout as wait } from 'node:timers/promises';

const pauseMs = 8;

/** Waits until `done` holds, asking every few milliseconds, at most `deadlineMs`. @returns whether it came to hold */
export async function poll(done: () => boolean | Promise<boolean>, deadlineMs: number): Promise<boolean> {
  const end = performance.now() + deadlineMs;
  while (!(await done())) {
    if (performance.now() >= end) return false;
    await wait(pauseMs);
  }
  return true;
}
