import { actionOf, actions } from '../../../schemas/actions.ts';
import { checkMessage } from '../../../schemas/validate.ts';
import { field, type JsonObject } from '../../wire/message.ts';
import type { Knowledge } from '../knowledge.ts';
import type { Finding, RequestSeen } from '../observation.ts';
import { base } from './base-fields.ts';
import { notAMessage } from './not-a-message.ts';

/** What is wrong with a request, as far as one who has seen every message can tell. */
export function checkRequest(seen: RequestSeen, knowledge: Knowledge): Finding | undefined {
  const culprit = seen.edge.client;
  if ('problem' in seen.reading) return { culprit, ...notAMessage(seen.reading.problem, seen.text) };
  const request = seen.reading.value;
  if (seen.before.length > 0 && !seen.before.some((earlier) => field(earlier, 'keep_alive') === true)) {
    return {
      culprit,
      clause: 'wire.exchange.one-request',
      sentence: 'sent a further request on a connection that it had not asked to keep open',
    };
  }
  const action = actionOf(field(request, 'action'));
  if (action === 'other') {
    const sentence = `sent a request whose action is none of ${actions.join(', ')}`;
    return { culprit, clause: 'peer.requests.well-formed', sentence };
  }
  const index = field(request, 'block_index');
  if (Number.isInteger(index) && !isIndex(index, knowledge.blocks)) {
    const sentence = `asked for or announced block ${String(index)}, and the blocks are 0 to ${knowledge.blocks - 1}`;
    return { culprit, clause: 'file.blocks.shared-count', sentence };
  }
  const [problem] = checkMessage(`${action}.request`, base(request));
  if (problem) {
    const sentence = `sent a request in which ${problem.path} ${problem.message}`;
    return { culprit, clause: 'peer.requests.well-formed', sentence };
  }
  return asksHolder(seen, request, knowledge);
}

/** Whether it is the index of a block. */
export function isIndex(index: unknown, blocks: number): boolean {
  return typeof index === 'number' && Number.isInteger(index) && index >= 0 && index < blocks;
}

/** A peer knows who has a block from announcements and from answers to have_blocks_info, all of which were seen. */
function asksHolder({ edge }: RequestSeen, request: JsonObject, knowledge: Knowledge): Finding | undefined {
  const index = field(request, 'block_index');
  if (field(request, 'action') !== 'request_block' || edge.server === 'tracker' || typeof index !== 'number') return;
  if (knowledge.wasTold(edge.client, edge.server, index)) return;
  return {
    culprit: edge.client,
    clause: 'peer.selection.asks-holders',
    sentence: `asked for block ${index}, though nothing had told it that the peer asked has it`,
  };
}
