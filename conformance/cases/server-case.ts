import { actions, serverRoles, type Action } from '../../schemas/actions.ts';
import type { ServerStage } from '../stage/server-stage.ts';
import { peerCase, rootCase, trackerCase, type Case } from './case.ts';
import { keyCases } from './key-cases.ts';

export type Role = ServerStage['role'];

/** The actions that a server of this role answers. */
export const actionsOf = (role: Role): Action[] => actions.filter((action) => serverRoles[action] === role);

/** The cases that show that answers to this action are readable. */
export function answerNeeds(role: Role, action: string): string[] {
  return ['wire.message.one-object', 'wire.message.unframed', 'wire.response.status'].map(
    (clause) => `${clause}/${role}-${action}`,
  );
}

/** The valid request that changes no state. */
export function validRequest({ validRequests }: ServerStage): object {
  const [request = {}] = validRequests.values();
  return request;
}

/** The same request as JSON. */
export function validText(server: ServerStage): string {
  return JSON.stringify(validRequest(server));
}

/** The answers to these depend on what came before: the first registration, and a refusal before the suite is unchoked. */
const firstAnswerDiffers = ['register', 'request_block'];

/** A case about the form of the answer to an action: all that it needs is a server that has started and answers. */
export function answerCase(
  role: Role,
  action: Action,
  clause: string,
  title: string,
  run: (server: ServerStage) => Promise<void>,
  furtherNeeds: readonly string[] = [],
): Case {
  const id = `${clause}/${role}-${action}`;
  const conditions = {
    needs: [keyCases.answers[role], ...furtherNeeds],
    ...(firstAnswerDiffers.includes(action) ? {} : { sharedBy: `answers to ${action}` }),
  };
  return role === 'tracker'
    ? trackerCase(id, title, run, { ...conditions, setup: () => ({ startOnly: true }), running: true })
    : peerCase(id, title, run, { ...conditions, running: run });
}

/**
 * A case about the wire that holds for both roles: its id ends in the role and the variant. Such a case needs no special swarm or
 * file, so it is also judged on running servers of the roles in `running`.
 */
function serverCase(
  role: Role,
  clause: string,
  variant: string,
  title: string,
  run: (stage: ServerStage) => Promise<string | void>,
  options: Pick<Case, 'inapplicable' | 'sharedBy'> & {
    readonly needs?: (role: Role) => string[];
    readonly running?: readonly Role[];
  } = {},
): Case {
  const id = `${clause}/${[role, variant].filter((part) => part !== '').join('-')}`;
  const { needs = () => [], running = ['tracker', 'peer'], ...further } = options;
  const conditions = { ...further, needs: [rootCase[role], keyCases.answersRead[role], ...needs(role)] };
  const isRunning = running.includes(role);
  if (role === 'tracker') return trackerCase(id, title, run, { ...conditions, running: isRunning });
  return peerCase(id, title, run, isRunning ? { ...conditions, running: run } : conditions);
}

/** The same case for both roles. */
export function serverCases(...[clause, variant, title, run, options]: Tail<Parameters<typeof serverCase>>): Case[] {
  return (['tracker', 'peer'] as const).map((role) => serverCase(role, clause, variant, title, run, options));
}

type Tail<T extends readonly unknown[]> = T extends [unknown, ...infer Rest] ? Rest : never;
