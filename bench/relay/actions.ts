/** The seven actions of the protocol; anything else that a program says is counted as `other`. */
export const actions = [
  'register',
  'get_peers',
  'request_block',
  'request_block_tracker',
  'have_blocks_info',
  'announce_block',
  'peer_offline',
] as const;

export type Action = (typeof actions)[number] | 'other';

export function actionOf(value: unknown): Action {
  return actions.find((action) => action === value) ?? 'other';
}
