import type { BenchmarkResult } from '../../schemas/types.ts';
import { seconds } from '../figures.ts';

/** What else the machine did while the swarms ran, in a sentence. */
export function machineLoad({ machineDuring, harness }: BenchmarkResult): string {
  const { stealPercent, loadAverage, harnessCpuMs } = machineDuring;
  const steal = stealPercent === undefined ? 'unavailable' : `${stealPercent.toFixed(1)} %`;
  return (
    `Machine meanwhile: load ${loadAverage.toFixed(2)} on ${harness.cores} cores, CPU time stolen by the host ${steal}, ` +
    `harness ${seconds(harnessCpuMs / 1000)} s of CPU.`
  );
}
