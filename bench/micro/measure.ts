import { Bench } from 'tinybench';

/** The result of one task. Times are per call. */
export interface MicroResult {
  readonly name: string;
  readonly samples: number;
  readonly medianMs: number;
  /** Median of the distances from the median. */
  readonly spreadMs: number;
  readonly p99Ms: number;
  /** The library's own warnings about the measurement. */
  readonly warnings: readonly string[];
}

/** Measures the tasks that `add` adds, one after the other, each for at least `timeMs`. */
export async function measure(add: readonly ((bench: Bench) => void)[], timeMs: number): Promise<MicroResult[]> {
  const bench = new Bench({ time: timeMs, warmupTime: timeMs / 4, throws: true });
  const warnings = new Map<string, string[]>();
  bench.addEventListener('warning', ({ task, reason }) => {
    warnings.set(task.name, [...(warnings.get(task.name) ?? []), String(reason)]);
  });
  for (const addTo of add) addTo(bench);
  await bench.run();
  return bench.tasks.map(({ name, result }) => {
    if (result.state !== 'completed') throw new Error(`${name} was not measured: ${result.state}.`);
    const { p50, mad, p99, samplesCount } = result.latency;
    return {
      name,
      samples: samplesCount,
      medianMs: p50,
      spreadMs: mad,
      p99Ms: p99,
      warnings: warnings.get(name) ?? [],
    };
  });
}
