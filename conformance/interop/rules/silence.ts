import { roleOf } from '../../../bench/relay/swarm-node.ts';
import { actionOf, serverRoles } from '../../../schemas/actions.ts';
import { field } from '../../wire/message.ts';
import type { Knowledge } from '../knowledge.ts';
import type { Finding, Refused, Unanswered } from '../observation.ts';
import { answerClauses } from './exchange.ts';
import { answersWithinMs } from '../../time-limits.ts';

/** Waiting for less says nothing, on a busy machine. */
const suspiciousMs = 1_000;

/** A request that was not answered. A peer that may have all blocks may be leaving, and is not blamed. */
export function checkUnanswered(seen: Unanswered, knowledge: Knowledge): Finding | undefined {
  const { request, how, unfinished, edge, atMs } = seen;
  if ('problem' in request.reading || knowledge.mayLeave(edge.server)) return undefined;
  const action = actionOf(field(request.reading.value, 'action'));
  if (action === 'other' || serverRoles[action] !== roleOf(edge.server)) return undefined;
  const what = unfinished ? 'only a part of an answer' : 'no answer';
  const clause = answerClauses[action];
  const culprit = edge.server;
  if (how === 'closed' || how === 'reset') {
    const sentence = `gave ${what} to ${action} and ${how === 'closed' ? 'closed' : 'reset'} the connection`;
    return { culprit, clause, sentence };
  }
  if (how === 'half-closed') {
    // A client that is ending closes everything.
    if (knowledge.mayLeave(edge.client)) return undefined;
    const sentence = `gave ${what} to ${action} from a client that had closed its sending side, and closed`;
    return { culprit, clause: 'wire.exchange.half-close', sentence };
  }
  const waitedMs = atMs - request.atMs;
  if (waitedMs < suspiciousMs) return undefined;
  const sentence = `gave ${what} to ${action} for ${(waitedMs / 1000).toFixed(1)} s`;
  return waitedMs < answersWithinMs ? { culprit, sentence, onlySuspicious: true } : { culprit, clause, sentence };
}

/** A connection that was refused: who is listed has registered, and listens by then. */
export function checkRefused({ edge: { server } }: Refused, knowledge: Knowledge): Finding | undefined {
  if (knowledge.mayLeave(server)) return undefined;
  const sentence = 'refused a connection';
  if (server === 'tracker') return { culprit: server, sentence, onlySuspicious: true };
  return { culprit: server, clause: 'peer.listen.before-register', sentence };
}
