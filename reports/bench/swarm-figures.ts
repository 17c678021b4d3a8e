import { sum } from 'simple-statistics';
import type { BenchmarkCell, BenchmarkSample, Resources } from '../../schemas/types.ts';
import { medianOf, relayCost, timedSamples, windowsMs } from './runs.ts';

/** What a cell's swarms took as wholes. What could not be had is absent. */
export interface SwarmFigures {
  readonly peers: number;
  readonly blocks: number;
  /** From the first request to the last verified file: one value per swarm in which every peer became complete. */
  readonly windowsMs: readonly number[];
  readonly medianMs?: number | undefined;
  /** The median time with the relay over that without it. */
  readonly relayCost?: number | undefined;
  /** From the first process to the first request, the median over the swarms. */
  readonly startUpMs?: number | undefined;
  /** CPU time of tracker and peers together, the median over the swarms. */
  readonly cpuMs?: number | undefined;
  /** The most memory that any one of the processes held. */
  readonly peakMemoryBytes?: number | undefined;
}

/** Times and resources come from the swarms without the relay, where there are some. */
export function swarmFigures({ peers, blocks, peersPerProcess = 1, samples }: BenchmarkCell): SwarmFigures {
  const timed = timedSamples(samples);
  const windows = windowsMs(timed);
  const used = timed.map(processes);
  const peaks = used.flat().map(({ peakMemoryBytes }) => peakMemoryBytes);
  // A sum with a process missing would be none.
  const whole = used.filter((ofSwarm) => ofSwarm.length === Math.ceil(peers / peersPerProcess) + 1);
  return {
    peers,
    blocks,
    windowsMs: windows,
    medianMs: medianOf(windows),
    relayCost: relayCost(samples),
    startUpMs: medianOf(timed.flatMap(({ startUpMs }) => startUpMs ?? [])),
    cpuMs: medianOf(whole.map((ofSwarm) => sum(ofSwarm.map(({ cpuMs }) => cpuMs)))),
    peakMemoryBytes: peaks.length === 0 ? undefined : Math.max(...peaks),
  };
}

/** What the tracker and the peers of a swarm used, as far as it is known. */
function processes({ tracker, peers }: BenchmarkSample): Resources[] {
  return [tracker, ...peers.map(({ resources }) => resources)].filter((item) => item !== undefined);
}
