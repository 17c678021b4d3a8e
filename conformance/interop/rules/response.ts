import { actionOf, serverRoles, type Action } from '../../../schemas/actions.ts';
import { checkMessage } from '../../../schemas/validate.ts';
import { field, type JsonObject } from '../../wire/message.ts';
import type { SwarmModel } from '../swarm-model.ts';
import type { Finding, ObservedResponse } from '../observation.ts';
import { roleOf } from '../../../bench/relay/swarm-node.ts';
import { withoutExtensions } from './without-extensions.ts';
import { checkBlock } from './block.ts';
import { answerClauses, type Exchange, type Problem } from './exchange.ts';
import { checkBlocksInfo } from './blocks-info.ts';
import { checkPeerList } from './peer-list.ts';
import { invalidMessage } from './invalid-message.ts';
import { checkRegistration } from './registration.ts';

const checks: Readonly<Record<Action, (exchange: Exchange, model: SwarmModel) => Problem | undefined>> = {
  register: checkRegistration,
  get_peers: checkPeerList,
  request_block_tracker: checkBlock,
  peer_offline: () => undefined,
  request_block: checkBlock,
  have_blocks_info: checkBlocksInfo,
  announce_block: ({ isSuccess }) =>
    isSuccess ? undefined : { clause: answerClauses.announce_block, sentence: 'refused an announcement' },
};

/** What is wrong with a response, given all messages before it. */
export function checkResponse(observed: ObservedResponse, model: SwarmModel): Finding | undefined {
  const { client, server } = observed.connection;
  const problem = problemOf(observed);
  if (problem) return { culprit: server, ...problem };
  if ('problem' in observed.reading || !observed.request || 'problem' in observed.request.reading) return;
  const request = observed.request.reading.value;
  const action = actionOf(field(request, 'action'));
  // An action sent to a server of the wrong role may be answered in any way.
  if (action === 'other' || serverRoles[action] !== roleOf(server)) return;
  const response = observed.reading.value;
  const isSuccess = field(response, 'status') === 'success';
  const during = { fromMs: observed.request.atMs, toMs: observed.atMs };
  const exchange = { client, server, request, during, response, isSuccess };
  const found = (isSuccess ? checkShape(action, response) : undefined) ?? checks[action](exchange, model);
  return found && { culprit: server, ...found };
}

/** What is wrong with a response to any action. */
function problemOf({ reading, request, text }: ObservedResponse): Problem | undefined {
  if ('problem' in reading) return invalidMessage(reading.problem, text);
  if (!request) {
    return { clause: 'wire.exchange.server-closes', sentence: 'sent a message that answers no request' };
  }
  const status = field(reading.value, 'status');
  if (status === 'success' || status === 'error') return undefined;
  return { clause: 'wire.response.status', sentence: 'sent a response whose status is neither "success" nor "error"' };
}

function checkShape(action: Action, response: JsonObject): Problem | undefined {
  const [problem] = checkMessage(`${action}.response`, withoutExtensions(response));
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
