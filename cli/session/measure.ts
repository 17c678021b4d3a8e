import { benchmark, type BenchmarkOptions } from '../../bench/grid/benchmark.ts';
import type { Implementation } from '../../launch/manifest/implementation.ts';
import type { Session } from '../../launch/session.ts';
import { benchProgress } from '../../reports/terminal/bench-progress.ts';
import type { BenchmarkResult } from '../../schemas/types.ts';
import { printResults } from '../output/print-results.ts';

/** Measures an implementation with live progress, and prints the tables. @throws UsageError */
export async function measure(
  session: Session,
  implementation: Implementation,
  options: BenchmarkOptions,
  signal: AbortSignal,
): Promise<BenchmarkResult> {
  const progress = benchProgress(process.stderr);
  const result = await benchmark(session, implementation, options, signal, (event) => progress.update(event)).finally(
    () => progress.end(),
  );
  printResults(result);
  return result;
}
