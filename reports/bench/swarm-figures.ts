import { sum } from 'simple-statistics';
import type { BenchmarkCell, BenchmarkSample, Resources } from '../../schemas/types.ts';
import { factor, inSeconds, size } from '../figures.ts';
import { medianOf, relayCost, timedSamples, windowsMs } from './runs.ts';

/** Times and resources of a cell's whole swarms; unavailable ones are absent. */
export interface SwarmFigures {
  readonly peers: number;
  readonly blocks: number;
  /** From the first request to the last verified file: one value per swarm in which every peer completed. */
  readonly windowsMs: readonly number[];
  readonly medianMs?: number | undefined;
  /** The median time of the counting runs over that of the timing runs. */
  readonly relayCost?: number | undefined;
  /** From the start of the first process to the first request; median over the swarms. */
  readonly startUpMs?: number | undefined;
  /** CPU time of tracker and peers together; median over the swarms. */
  readonly cpuMs?: number | undefined;
  /** The highest peak of any process. */
  readonly peakMemoryBytes?: number | undefined;
}

/** Times and resources are from the timing runs, if there are any. */
export function swarmFigures({ peers, blocks, peersPerProcess = 1, samples }: BenchmarkCell): SwarmFigures {
  const timed = timedSamples(samples);
  const windows = windowsMs(timed);
  const used = timed.map(processResources);
  const peaks = used.flat().map(({ peakMemoryBytes }) => peakMemoryBytes);
  // A sum that lacks a process would be too small.
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

/** The known resources of the tracker and the peers of a swarm. */
function processResources({ tracker, peers }: BenchmarkSample): Resources[] {
  return [tracker, ...peers.map(({ resources }) => resources)].filter((item) => item !== undefined);
}

/** The figures of whole swarms as texts, the same in every report. */
export interface SwarmTexts {
  /** The median, in seconds. */
  readonly complete: string;
  /** The fastest and the slowest swarm, in seconds; empty unless there were several. */
  readonly range: string;
  readonly relayCost: string;
  readonly startUp: string;
  readonly cpu: string;
  readonly peakMemory: string;
}

export function swarmTexts(cell: BenchmarkCell): SwarmTexts {
  const figures = swarmFigures(cell);
  const windows = figures.windowsMs;
  return {
    complete: inSeconds(figures.medianMs),
    range: windows.length < 2 ? '' : `${inSeconds(Math.min(...windows))}–${inSeconds(Math.max(...windows))}`,
    relayCost: factor(figures.relayCost),
    startUp: inSeconds(figures.startUpMs),
    cpu: inSeconds(figures.cpuMs),
    peakMemory: figures.peakMemoryBytes === undefined ? '–' : size(figures.peakMemoryBytes),
  };
}
