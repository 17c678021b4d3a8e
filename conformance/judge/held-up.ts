/** A program that answers in time is not to blame for a suite that read the answer late. */
const lateMs = 500;
const tickMs = 100;

let lastTickAtMs = performance.now();
let lastLateAtMs = -Infinity;

// The process of the suite may be kept from running: by other work on the machine, or by its own.
setInterval(() => {
  const nowMs = performance.now();
  if (nowMs - lastTickAtMs - tickMs > lateMs) lastLateAtMs = nowMs;
  lastTickAtMs = nowMs;
}, tickMs).unref();

/** Whether the suite itself was kept from running since then, for so long that programs may have waited for it. */
export function wasHeldUpSince(atMs: number): boolean {
  return lastLateAtMs >= atMs || performance.now() - lastTickAtMs - tickMs > lateMs;
}
