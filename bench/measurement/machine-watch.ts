import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import type { BenchmarkResult, BenchmarkSample } from '../../schemas/types.ts';

/** Watches what else the machine does while something is measured. */
export class MachineWatch {
  readonly #cpuAtStart = process.cpuUsage();
  readonly #ticksAtStart = cpuTicks();

  /** What it did since this was made. */
  soFar(): BenchmarkResult['machineDuring'] {
    const { user, system } = process.cpuUsage(this.#cpuAtStart);
    const { stealPercent } = this.cpuSoFar();
    return {
      ...(stealPercent !== undefined && { stealPercent }),
      loadAverage: loadavg()[0] ?? 0,
      harnessCpuMs: (user + system) / 1000,
    };
  }

  /** What became of the machine's CPU time since this was made; nothing where the system does not tell. */
  cpuSoFar(): Pick<BenchmarkSample, 'stealPercent' | 'wantedCpuPercent'> {
    const [start, end] = [this.#ticksAtStart, cpuTicks()];
    if (!start || !end || end.all <= start.all) return {};
    const percent = (of: 'steal' | 'wanted'): number => (100 * (end[of] - start[of])) / (end.all - start.all);
    return { stealPercent: percent('steal'), wantedCpuPercent: percent('wanted') };
  }
}

interface Ticks {
  readonly all: number;
  readonly steal: number;
  /** All but those in which there was nothing to do. */
  readonly wanted: number;
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
  const [, , , idle = 0, ioWait = 0, , , steal = 0] = counted;
  const all = counted.reduce((sum, count) => sum + count, 0);
  return { all, steal, wanted: all - idle - ioWait };
}
