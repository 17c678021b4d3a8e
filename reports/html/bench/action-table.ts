import { mean } from 'simple-statistics';
import { serverRoles, type Action } from '../../../schemas/actions.ts';
import type { BenchmarkCell } from '../../../schemas/types.ts';
import { count, shortSwarmSize } from '../../figures.ts';
import { countedSamples } from '../../bench/runs.ts';
import { textCard } from '../text-card.ts';

const displayOrder: readonly Action[] = [
  'announce_block',
  'have_blocks_info',
  'request_block',
  'request_block_tracker',
  'register',
  'get_peers',
  'peer_offline',
];

/** Every action with its receiver, in the order of the chart and the table. */
export const actionReceivers = displayOrder.map(
  (action) => [action, serverRoles[action] === 'tracker' ? 'sentToTracker' : 'sentToPeers'] as const,
);

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
