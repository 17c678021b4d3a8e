import { mean } from 'simple-statistics';
import type { BenchmarkCell, BenchmarkSample, PeerTraffic } from '../../schemas/types.ts';
import { count, size } from '../figures.ts';
import { countedSamples } from './runs.ts';

/** What the relay counted beside messages: one line per figure, one text per cell. */
export interface TrafficRow {
  readonly name: string;
  readonly texts: readonly string[];
}

const ofPeers = [
  ['Bytes sent', 'bytesSent', size],
  ['Bytes received', 'bytesReceived', size],
  ['Connections opened', 'connectionsOpened', count],
  ['Blocks from the tracker', 'blocksFromTracker', count],
  ['Blocks received twice', 'blocksReceivedTwice', count],
  ['Requests refused', 'requestsRefused', count],
] as const satisfies [string, keyof PeerTraffic, (value: number) => string][];

/** Means over all peers and counting samples, and for the swarm the bytes over the least that it could do with. */
export function trafficTable(cells: readonly BenchmarkCell[]): TrafficRow[] {
  const samples = cells.map((cell) => countedSamples(cell.samples));
  const over = samples.map((ofCell) => ofCell.flatMap(({ bytesOverLeast }) => bytesOverLeast ?? []));
  return [
    ...ofPeers.map(([name, field, format]) => ({
      name: `${name}, per peer`,
      texts: samples.map((ofCell) => meanText(traffic(ofCell, field), format)),
    })),
    { name: 'Bytes over the least, per swarm', texts: over.map((values) => meanText(values, size)) },
  ];
}

function traffic(samples: readonly BenchmarkSample[], field: keyof PeerTraffic): number[] {
  return samples.flatMap(({ peers }) => peers.flatMap((row) => row.traffic?.[field] ?? []));
}

function meanText(values: readonly number[], format: (value: number) => string): string {
  return values.length === 0 ? 'unavailable' : format(mean([...values]));
}
