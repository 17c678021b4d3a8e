/** A program that answers in time is not to blame if the harness reads the answer this much late. */
const lateMs = 500;
const tickMs = 100;

let lastTickAtMs = performance.now();
let lastLateAtMs = -Infinity;

// Other work on the machine, or its own, may keep this process from running.
setInterval(() => {
  const nowMs = performance.now();
  if (nowMs - lastTickAtMs - tickMs > lateMs) lastLateAtMs = nowMs;
  lastTickAtMs = nowMs;
}, tickMs).unref();

/** Whether the harness process was starved of CPU since then, for so long that programs may have waited for it. */
export function wasStarvedSince(atMs: number): boolean {
  return lastLateAtMs >= atMs || performance.now() - lastTickAtMs - tickMs > lateMs;
}
