import { mean } from 'simple-statistics';
import type { BenchmarkCell, BenchmarkSample, PeerTraffic } from '../../schemas/types.ts';
import { count, size } from '../figures.ts';
import { countedSamples } from './runs.ts';

/** A figure that the relay counted besides messages, as a text per cell. */
export interface TrafficRow {
  readonly name: string;
  readonly texts: readonly string[];
}

const peerFigures = [
  ['Bytes sent', 'bytesSent', size],
  ['Bytes received', 'bytesReceived', size],
  ['Connections opened', 'connectionsOpened', count],
  ['Blocks from the tracker', 'blocksFromTracker', count],
  ['Blocks received twice', 'blocksReceivedTwice', count],
  ['Requests refused', 'requestsRefused', count],
] as const satisfies [string, keyof PeerTraffic, (value: number) => string][];

/** Means over all peers of the counting runs, and over the swarms the bytes sent beyond the minimum. */
export function trafficTable(cells: readonly BenchmarkCell[]): TrafficRow[] {
  const samples = cells.map((cell) => countedSamples(cell.samples));
  const excess = samples.map((ofCell) => ofCell.flatMap(({ bytesOverLeast }) => bytesOverLeast ?? []));
  return [
    ...peerFigures.map(([name, field, format]) => ({
      name: `${name}, per peer`,
      texts: samples.map((ofCell) => meanText(traffic(ofCell, field), format)),
    })),
    { name: 'Bytes above the minimum, per swarm', texts: excess.map((values) => meanText(values, size)) },
  ];
}

function traffic(samples: readonly BenchmarkSample[], field: keyof PeerTraffic): number[] {
  return samples.flatMap(({ peers }) => peers.flatMap((row) => row.traffic?.[field] ?? []));
}

function meanText(values: readonly number[], format: (value: number) => string): string {
  return values.length === 0 ? 'unavailable' : format(mean([...values]));
}
