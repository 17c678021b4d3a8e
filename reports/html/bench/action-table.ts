import { html } from 'ghtml';
import { mean } from 'simple-statistics';
import type { ActionCounts, BenchmarkCell, MessageCounts } from '../../../schemas/types.ts';
import { count } from '../../figures.ts';
import { countedSamples } from '../../bench/runs.ts';

/** Every action, and to whom it is sent. */
export const actions = [
  ['announce_block', 'sentToPeers'],
  ['have_blocks_info', 'sentToPeers'],
  ['request_block', 'sentToPeers'],
  ['request_block_tracker', 'sentToTracker'],
  ['register', 'sentToTracker'],
  ['get_peers', 'sentToTracker'],
  ['peer_offline', 'sentToTracker'],
] as const satisfies [keyof ActionCounts, keyof MessageCounts][];

/** How many requests of each action a peer sent, as the mean over all peers and samples of each cell. */
export function actionTable(cells: readonly BenchmarkCell[]): string {
  const counts = cells.map(({ samples }) =>
    countedSamples(samples).flatMap(({ peers }) => peers.flatMap(({ messages }) => messages ?? [])),
  );
  const heads = cells.map(({ peers, blocks }) => html`<th class="keep">${peers} × ${blocks}</th>`);
  const body = [...actions.map(([action]) => action), 'other' as const].map((action) => {
    const values = counts.map((ofCell) =>
      meanOf(ofCell.map(({ sentToPeers, sentToTracker }) => sentToPeers[action] + sentToTracker[action])),
    );
    return html`<tr>
      <td class="keep"><code>${action}</code></td>
      !${values.map((value) => html`<td>${value === undefined ? 'unavailable' : count(value)}</td>`)}
    </tr>`;
  });
  return html`<div class="card">
    <div class="scroll">
      <table>
        <thead>
          <tr>
            <th>Sent by a peer, mean</th>
            !${heads}
          </tr>
        </thead>
        <tbody>
          !${body}
        </tbody>
      </table>
    </div>
  </div>`;
}

function meanOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : mean([...values]);
}
