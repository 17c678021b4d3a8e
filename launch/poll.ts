import { setTimeout as wait } from 'node:timers/promises';

const pauseMs = 20;

/** Waits until `done` holds, asking every 20 ms, at most `deadlineMs`. @returns whether it came to hold */
export async function poll(done: () => boolean | Promise<boolean>, deadlineMs: number): Promise<boolean> {
  const end = performance.now() + deadlineMs;
  for (;;) {
    // An answer that took long may be out of date: the last word is one that was asked for after the deadline.
    const isLast = performance.now() >= end;
    if (await done()) return true;
    if (isLast) return false;
    await wait(pauseMs);
  }
}
