import { mean } from 'simple-statistics';
import type { ActionCounts, BenchmarkCell, MessageCounts } from '../../../schemas/types.ts';
import { count, shortSwarmSize } from '../../figures.ts';
import { countedSamples } from '../../bench/runs.ts';
import { textCard } from '../text-card.ts';

/** Every action with its receiver, in the order of the chart and the table. */
export const actionReceivers = [
  ['announce_block', 'sentToPeers'],
  ['have_blocks_info', 'sentToPeers'],
  ['request_block', 'sentToPeers'],
  ['request_block_tracker', 'sentToTracker'],
  ['register', 'sentToTracker'],
  ['get_peers', 'sentToTracker'],
  ['peer_offline', 'sentToTracker'],
] as const satisfies [keyof ActionCounts, keyof MessageCounts][];

/** How many requests of each action a peer sent: the mean over all peers and samples of each cell. */
export function actionTable(cells: readonly BenchmarkCell[]): string {
  const messages = cells.map(({ samples }) =>
    countedSamples(samples).flatMap(({ peers }) => peers.flatMap((row) => row.messages ?? [])),
  );
  const rows = [...actionReceivers.map(([action]) => action), 'other' as const].map((action) => [
    action,
    ...messages.map((ofCell) =>
      meanText(ofCell.map(({ sentToPeers, sentToTracker }) => sentToPeers[action] + sentToTracker[action])),
    ),
  ]);
  return textCard(['Sent by a peer, mean', ...cells.map(shortSwarmSize)], rows);
}

function meanText(values: readonly number[]): string {
  return values.length === 0 ? 'unavailable' : count(mean([...values]));
}
