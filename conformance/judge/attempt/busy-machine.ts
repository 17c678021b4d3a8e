import { readFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';

const sampleEveryMs = 100;
/** As many samples as an hour has. */
const keptSamples = 36_000;

/** This many processes that want each core make a wait longer than it would be. A run alone makes one to three. */
const busyAt = 4;

const samples: { readonly atMs: number; readonly perCore: number }[] = [];

setInterval(() => {
  samples.push({ atMs: performance.now(), perCore: runnable() / availableParallelism() });
  if (samples.length > keptSamples) samples.splice(0, keptSamples / 2);
}, sampleEveryMs).unref();

/** Whether so many processes have wanted a core since then, on average, that what took too long may be due to the machine. */
export function wasBusySince(atMs: number): boolean {
  const since = samples.filter((sample) => sample.atMs >= atMs);
  const sum = since.reduce((total, { perCore }) => total + perCore, 0);
  return sum > busyAt * since.length;
}

/** How many processes run or want to run, at the moment where the system tells. */
function runnable(): number {
  try {
    const [, , , tasks = ''] = readFileSync('/proc/loadavg', 'utf8').split(' ');
    return Number(tasks.split('/')[0]);
  } catch {
    return loadavg()[0] ?? 0;
  }
}
