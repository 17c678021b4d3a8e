import { readFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import type { BenchmarkResult, BenchmarkSample } from '../../schemas/types.ts';

/** Measures what else the machine does during a measurement. */
export class MachineWatch {
  readonly #cpuAtStart = process.cpuUsage();
  readonly #ticksAtStart = cpuTicks();

  /** Since the construction of this object. */
  soFar(): BenchmarkResult['machineDuring'] {
    const { user, system } = process.cpuUsage(this.#cpuAtStart);
    const { stealPercent } = this.cpuSoFar();
    return {
      ...(stealPercent !== undefined && { stealPercent }),
      loadAverage: loadavg()[0] ?? 0,
      harnessCpuMs: (user + system) / 1000,
    };
  }

  /** How the machine's CPU time was used since the construction of this object; empty where unknown. */
  cpuSoFar(): Pick<BenchmarkSample, 'stealPercent' | 'wantedCpuPercent'> {
    const [start, end] = [this.#ticksAtStart, cpuTicks()];
    if (!start || !end || end.all <= start.all) return {};
    const percent = (kind: 'steal' | 'wanted'): number => (100 * (end[kind] - start[kind])) / (end.all - start.all);
    return { stealPercent: percent('steal'), wantedCpuPercent: percent('wanted') };
  }
}

interface Ticks {
  readonly all: number;
  readonly steal: number;
  /** All but idle time. */
  readonly wanted: number;
}

/** The machine's CPU time since it was booted; undefined where /proc/stat does not exist. */
function cpuTicks(): Ticks | undefined {
  try {
    return parseCpuTicks(readFileSync('/proc/stat', 'latin1'));
  } catch {
    return undefined;
  }
}

/** Reads the first line of /proc/stat: user, nice, system, idle, iowait, irq, softirq, steal; user and nice include guests. */
export function parseCpuTicks(stat: string): Ticks | undefined {
  const [name, ...ticks] = (stat.split('\n', 1)[0] ?? '').trim().split(/\s+/);
  const counted = ticks.slice(0, 8).map(Number);
  if (name !== 'cpu' || counted.length < 8 || counted.some(Number.isNaN)) return undefined;
  const [, , , idle = 0, ioWait = 0, , , steal = 0] = counted;
  const all = counted.reduce((sum, count) => sum + count, 0);
  return { all, steal, wanted: all - idle - ioWait };
}
