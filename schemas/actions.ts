/** The seven actions of the protocol, each with the role whose server answers it. */
export const serverRoles = {
  register: 'tracker',
  get_peers: 'tracker',
  request_block: 'peer',
  request_block_tracker: 'tracker',
  have_blocks_info: 'peer',
  announce_block: 'peer',
  peer_offline: 'tracker',
} as const;

export type Action = keyof typeof serverRoles;

export const actions = Object.keys(serverRoles) as Action[];

/** What requests are counted by; `other` stands for every action that the protocol does not know. */
export type CountedAction = Action | 'other';

export const countedActions: readonly CountedAction[] = [...actions, 'other'];

export function actionOf(value: unknown): CountedAction {
  return actions.find((action) => action === value) ?? 'other';
}
