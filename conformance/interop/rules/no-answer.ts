import { roleOf } from '../../../bench/relay/swarm-node.ts';
import { actionOf, serverRoles } from '../../../schemas/actions.ts';
import { field } from '../../wire/message.ts';
import type { SwarmModel } from '../swarm-model.ts';
import type { Finding, RefusedConnection, UnansweredRequest } from '../observation.ts';
import { answerClauses } from './exchange.ts';
import { answersWithinMs } from '../../time-limits.ts';

/** A shorter wait is not suspicious on a busy machine. */
const suspiciousMs = 1_000;

/**
 * Checks a request without an answer. A peer that may have all blocks may be leaving, and is not blamed; one that leaves the
 * connection open had time to answer what came before it was complete.
 */
export function checkUnanswered(unanswered: UnansweredRequest, model: SwarmModel): Finding | undefined {
  const { request, how, unfinished, connection, waitedMs } = unanswered;
  const leftOpen = how === 'silent' || how === 'given-up';
  if ('problem' in request.reading || model.mayLeave(connection.server, leftOpen ? request.atMs : Infinity)) return;
  const action = actionOf(field(request.reading.value, 'action'));
  if (action === 'other' || serverRoles[action] !== roleOf(connection.server)) return undefined;
  const what = unfinished ? 'only a part of an answer' : 'no answer';
  const clause = answerClauses[action];
  const culprit = connection.server;
  if (how === 'closed' || how === 'reset') {
    const sentence = `gave ${what} to ${action} and ${how === 'closed' ? 'closed' : 'reset'} the connection`;
    return { culprit, clause, sentence, isLostConnection: true };
  }
  if (how === 'half-closed') {
    // A client that exits closes all its connections; one that has waited for long gave up.
    if (model.mayLeave(connection.client) || waitedMs >= suspiciousMs) return undefined;
    const sentence = `gave ${what} to ${action} from a client that had closed its sending side, and closed`;
    const isAboutAction = model.ignoresAction(connection.server, action);
    return { culprit, clause: isAboutAction ? clause : 'wire.exchange.half-close', sentence, isLostConnection: true };
  }
  if (waitedMs < suspiciousMs) return undefined;
  const sentence = `gave ${what} to ${action} for ${(waitedMs / 1000).toFixed(1)} s`;
  return waitedMs < answersWithinMs ? { culprit, sentence, isSuspicion: true } : { culprit, clause, sentence };
}

/** Checks a refused connection: a listed peer has registered, and so must listen. */
export function checkRefused({ connection: { server } }: RefusedConnection, model: SwarmModel): Finding | undefined {
  if (model.mayLeave(server)) return undefined;
  const sentence = 'refused a connection';
  if (server === 'tracker') return { culprit: server, sentence, isSuspicion: true };
  return { culprit: server, clause: 'peer.listen.before-register', sentence, isLostConnection: true };
}
