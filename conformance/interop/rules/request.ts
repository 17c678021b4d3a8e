import { actionOf, actions } from '../../../schemas/actions.ts';
import { checkMessage } from '../../../schemas/validate.ts';
import { field, type JsonObject } from '../../wire/message.ts';
import type { SwarmModel } from '../swarm-model.ts';
import type { Finding, ObservedRequest } from '../observation.ts';
import { withoutExtensions } from './without-extensions.ts';
import { invalidMessage } from './invalid-message.ts';

/** What is wrong with a request, given all messages before it. */
export function checkRequest(observed: ObservedRequest, model: SwarmModel): Finding | undefined {
  const culprit = observed.connection.client;
  if ('problem' in observed.reading) return { culprit, ...invalidMessage(observed.reading.problem, observed.text) };
  const request = observed.reading.value;
  if (observed.before.length > 0 && !observed.before.some((earlier) => field(earlier, 'keep_alive') === true)) {
    return {
      culprit,
      clause: 'wire.exchange.one-request',
      sentence: 'sent a further request on a connection without having asked to keep it open',
    };
  }
  const action = actionOf(field(request, 'action'));
  if (action === 'other') {
    const sentence = `sent a request with an action other than ${actions.join(', ')}`;
    return { culprit, clause: 'peer.requests.well-formed', sentence };
  }
  const index = field(request, 'block_index');
  if (Number.isInteger(index) && !isIndex(index, model.blocks)) {
    const sentence = `requested or announced block ${String(index)}, but the blocks are 0 to ${model.blocks - 1}`;
    return { culprit, clause: 'file.blocks.shared-count', sentence };
  }
  const [problem] = checkMessage(`${action}.request`, withoutExtensions(request));
  if (problem) {
    const sentence = `sent a request in which ${problem.path} ${problem.message}`;
    return { culprit, clause: 'peer.requests.well-formed', sentence };
  }
  return checkAsksHolder(observed, request, model);
}

/** Whether it is the index of a block. */
export function isIndex(index: unknown, blocks: number): boolean {
  return typeof index === 'number' && Number.isInteger(index) && index >= 0 && index < blocks;
}

/** A peer knows the holders of a block from announcements and from answers to have_blocks_info, all of which were observed. */
function checkAsksHolder({ connection }: ObservedRequest, request: JsonObject, model: SwarmModel): Finding | undefined {
  const index = field(request, 'block_index');
  if (field(request, 'action') !== 'request_block' || connection.server === 'tracker' || typeof index !== 'number')
    return;
  if (model.wasTold(connection.client, connection.server, index)) return;
  return {
    culprit: connection.client,
    clause: 'peer.selection.asks-holders',
    sentence: `requested block ${index} from a peer that had neither announced nor reported it`,
  };
}
