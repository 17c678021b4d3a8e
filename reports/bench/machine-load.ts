import type { BenchmarkResult } from '../../schemas/types.ts';
import { inSeconds } from '../figures.ts';

/** How busy the machine was while the swarms ran, in a sentence. */
export function machineLoad({ machineDuring, harness }: BenchmarkResult): string {
  const { stealPercent, loadAverage, harnessCpuMs } = machineDuring;
  const steal = stealPercent === undefined ? 'unavailable' : `${stealPercent.toFixed(1)} %`;
  return (
    `Machine during the benchmark: load ${loadAverage.toFixed(2)} on ${harness.cores} cores, ` +
    `CPU time stolen by the host ${steal}, harness ${inSeconds(harnessCpuMs)} s of CPU.`
  );
}
