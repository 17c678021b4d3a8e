import { setTimeout as wait } from 'node:timers/promises';

const lookEveryMs = 20;

/** Waits until `done`, at most the deadline, looking every few milliseconds, but for the lesser part of the time. */
export async function until(
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
    await wait(Math.max(lookEveryMs, 4 * (performance.now() - lookAtMs)));
  }
}
