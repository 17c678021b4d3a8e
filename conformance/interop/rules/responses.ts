import { actionOf, serverRoles, type Action } from '../../../schemas/actions.ts';
import { checkMessage } from '../../../schemas/validate.ts';
import { field, type JsonObject } from '../../wire/message.ts';
import type { Knowledge } from '../knowledge.ts';
import type { Finding, ResponseSeen } from '../observation.ts';
import { roleOf } from '../../../bench/relay/swarm-node.ts';
import { base } from './base-fields.ts';
import { checkBlock } from './blocks.ts';
import { answerClauses, type Exchange, type Problem } from './exchange.ts';
import { checkInfo } from './infos.ts';
import { checkList } from './lists.ts';
import { notAMessage } from './not-a-message.ts';
import { checkRegistration } from './registrations.ts';

const checks: Readonly<Record<Action, (exchange: Exchange, knowledge: Knowledge) => Problem | undefined>> = {
  register: checkRegistration,
  get_peers: checkList,
  request_block_tracker: checkBlock,
  peer_offline: () => undefined,
  request_block: checkBlock,
  have_blocks_info: checkInfo,
  announce_block: ({ isSuccess }) =>
    isSuccess ? undefined : { clause: answerClauses.announce_block, sentence: 'refused an announcement' },
};

/** What is wrong with a response, as far as one who has seen every message can tell. */
export function checkResponse(seen: ResponseSeen, knowledge: Knowledge): Finding | undefined {
  const { client, server } = seen.edge;
  const problem = problemOf(seen);
  if (problem) return { culprit: server, ...problem };
  if ('problem' in seen.reading || !seen.request || 'problem' in seen.request.reading) return;
  const request = seen.request.reading.value;
  const action = actionOf(field(request, 'action'));
  // An action sent to a server of the wrong role may be answered in any way.
  if (action === 'other' || serverRoles[action] !== roleOf(server)) return;
  const response = seen.reading.value;
  const isSuccess = field(response, 'status') === 'success';
  const exchange = { client, server, request, requestAtMs: seen.request.atMs, response, isSuccess };
  const found = (isSuccess ? checkShape(action, response) : undefined) ?? checks[action](exchange, knowledge);
  return found && { culprit: server, ...found };
}

/** What is wrong with any response. */
function problemOf({ reading, request, text }: ResponseSeen): Problem | undefined {
  if ('problem' in reading) return notAMessage(reading.problem, text);
  if (!request) {
    return { clause: 'wire.exchange.server-closes', sentence: 'sent a message that answers no request' };
  }
  const status = field(reading.value, 'status');
  if (status === 'success' || status === 'error') return undefined;
  return { clause: 'wire.response.status', sentence: 'sent a response whose status is neither "success" nor "error"' };
}

function checkShape(action: Action, response: JsonObject): Problem | undefined {
  const [problem] = checkMessage(`${action}.response`, base(response));
  if (!problem) return undefined;
  const { path, message, keyword } = problem;
  const isInitial = path.startsWith('/initial_blocks') && ['uniqueItems', 'minimum'].includes(keyword);
  const clause = path.startsWith('/peers/')
    ? 'tracker.peers.entry'
    : isInitial
      ? 'file.initial-blocks.distinct'
      : answerClauses[action];
  return { clause, sentence: `sent a response in which ${path} ${message}` };
}
