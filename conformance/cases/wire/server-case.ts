import { peerCase, rootCase, trackerCase, type Case } from '../case.ts';
import type { ServerStage } from '../../stage/server-stage.ts';

/** The two kinds of server, and their actions; the first one changes no state. */
export const actions = {
  tracker: ['get_peers', 'request_block_tracker', 'register', 'peer_offline'],
  peer: ['have_blocks_info', 'request_block', 'announce_block'],
} as const;

export type Role = keyof typeof actions;

/** The case that shows that a server of this role answers at all. */
export const ANSWERS = {
  tracker: 'wire.server.acts-on-closing-brace/tracker-whole',
  peer: 'wire.server.acts-on-closing-brace/peer-whole',
} as const;

/** The case that shows that a server of this role answers the action that most cases about the wire use. */
export const basic = {
  tracker: 'tracker.get-peers.all-when-few/three-others',
  peer: 'peer.have-blocks.shape/at-start',
} as const;

/** Indices outside a file of N blocks; the last two are 0 in 32 bits, and beyond what a double counts one by one. */
export function indicesOutside(blockCount: number): number[] {
  return [blockCount, -1, blockCount + 1_000_000, 2 ** 32, 2 ** 53 + 2];
}

/** The cases that show that answers to this action can be read at all. */
export function answerNeeds(role: Role, action: string): string[] {
  return ['wire.message.one-object', 'wire.message.unframed', 'wire.response.status'].map(
    (clause) => `${clause}/${role}-${action}`,
  );
}

/**
 * A case about the wire for either role: its id ends in the role and the variant. It is played on running servers as well
 * (`running` says of which roles), as it asks no more of them than any server is.
 */
function serverCase(
  role: Role,
  clause: string,
  variant: string,
  title: string,
  run: (stage: ServerStage) => Promise<string | void>,
  options: { needs?: (role: Role) => string[]; inapplicable?: Case['inapplicable']; running?: readonly Role[] } = {},
): Case {
  const id = `${clause}/${[role, variant].filter((part) => part !== '').join('-')}`;
  const { needs = () => [], inapplicable, running = ['tracker', 'peer'] } = options;
  const all = {
    needs: [rootCase[role], basic[role], ...needs(role)],
    ...(inapplicable === undefined ? {} : { inapplicable }),
  };
  const isRunning = running.includes(role);
  if (role === 'tracker') return trackerCase(id, title, run, { ...all, running: isRunning });
  return peerCase(id, title, run, isRunning ? { ...all, running: run } : all);
}

/** The same case for both roles. */
export function serverCases(...[clause, variant, title, run, options]: Tail<Parameters<typeof serverCase>>): Case[] {
  return (['tracker', 'peer'] as const).map((role) => serverCase(role, clause, variant, title, run, options));
}

type Tail<T extends readonly unknown[]> = T extends [unknown, ...infer Rest] ? Rest : never;
