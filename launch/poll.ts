import { setTimeout as wait } from 'node:timers/promises';

const pauseMs = 20;

/** Waits until `done` returns true, calling it every 20 ms, at most `deadlineMs`. @returns whether it did */
export async function poll(done: () => boolean | Promise<boolean>, deadlineMs: number): Promise<boolean> {
  const end = performance.now() + deadlineMs;
  for (;;) {
    // A slow call may return an outdated answer: the last call starts after the deadline.
    const isLast = performance.now() >= end;
    if (await done()) return true;
    if (isLast) return false;
    await wait(pauseMs);
  }
}
