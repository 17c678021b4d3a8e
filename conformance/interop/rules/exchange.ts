import type { Action } from '../../../schemas/actions.ts';
import type { JsonObject } from '../../wire/message.ts';
import type { Span } from '../membership.ts';
import type { Finding } from '../observation.ts';
import type { SwarmNode } from '../../../bench/relay/swarm-node.ts';

/** A response with its request, both valid messages. */
export interface Exchange {
  readonly client: SwarmNode;
  readonly server: SwarmNode;
  readonly request: JsonObject;
  readonly during: Span;
  readonly response: JsonObject;
  readonly isSuccess: boolean;
}

export type Problem = Pick<Finding, 'clause' | 'sentence'>;

/** The clause about the answer, by action. */
export const answerClauses: Readonly<Record<Action, string>> = {
  register: 'tracker.register.success',
  get_peers: 'tracker.get-peers.all-when-few',
  request_block_tracker: 'tracker.block.serves',
  peer_offline: 'wire.response.status',
  request_block: 'peer.request-block.serves',
  have_blocks_info: 'peer.have-blocks.shape',
  announce_block: 'peer.announce.success',
};
