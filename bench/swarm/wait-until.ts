import { setTimeout as wait } from 'node:timers/promises';

const pollEveryMs = 20;

/** Waits until `done`, at most `deadlineMs`. It calls `look` before each check, and rests most of the time if that is slow. */
export async function waitUntil(
  done: () => boolean,
  deadlineMs: number,
  interrupt: AbortSignal,
  look: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const endAtMs = performance.now() + deadlineMs;
  while (!interrupt.aborted && performance.now() < endAtMs) {
    const lookAtMs = performance.now();
    await look();
    if (done()) return;
    await wait(Math.max(pollEveryMs, 4 * (performance.now() - lookAtMs)));
  }
}
