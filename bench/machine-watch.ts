import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import type { BenchmarkResult } from '../schemas/types.ts';

/** Watches what else the machine does while something is measured. */
export class MachineWatch {
  readonly #cpuAtStart = process.cpuUsage();
  readonly #ticksAtStart = cpuTicks();

  /** What it did since this was made. */
  soFar(): BenchmarkResult['machineDuring'] {
    const { user, system } = process.cpuUsage(this.#cpuAtStart);
    const stealPercent = stealBetween(this.#ticksAtStart, cpuTicks());
    return {
      ...(stealPercent !== undefined && { stealPercent }),
      loadAverage: loadavg()[0] ?? 0,
      harnessCpuMs: (user + system) / 1000,
    };
  }
}

interface Ticks {
  readonly all: number;
  readonly steal: number;
}

function stealBetween(start: Ticks | undefined, end: Ticks | undefined): number | undefined {
  if (!start || !end || end.all <= start.all) return undefined;
  return (100 * (end.steal - start.steal)) / (end.all - start.all);
}

/** The machine's CPU time since it was booted; undefined where there is no such table (not on Linux). */
function cpuTicks(): Ticks | undefined {
  try {
    return parseCpuTicks(readFileSync('/proc/stat', 'latin1'));
  } catch {
    return undefined;
  }
}

/** Reads the first line of /proc/stat: user, nice, system, idle, iowait, irq, softirq, steal; guests are in the first two. */
export function parseCpuTicks(stat: string): Ticks | undefined {
  const [name, ...ticks] = (stat.split('\n', 1)[0] ?? '').trim().split(/\s+/);
  const counted = ticks.slice(0, 8).map(Number);
  if (name !== 'cpu' || counted.length < 8 || counted.some(Number.isNaN)) return undefined;
  return { all: counted.reduce((sum, count) => sum + count, 0), steal: counted[7] ?? 0 };
}
