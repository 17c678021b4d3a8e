import { field, isObject, type JsonObject } from '../../wire/message.ts';
import type { SeenRequest } from '../../wire/scripted-server.ts';

/** Whether the requests of a peer ask for a block. */
export function isBlockRequest({ action }: SeenRequest): boolean {
  return action === 'request_block' || action === 'request_block_tracker';
}

/** The indices of the blocks that a peer was sent, whether or not it took them. */
export function grantedBlocks(requests: readonly SeenRequest[]): Set<number> {
  const granted = requests
    .filter(isBlockRequest)
    .filter(isGrant)
    .map(({ body }) => Number(field(body, 'block_index')));
  const inline = requests.flatMap(({ answer }) => inlineBlocks(answer));
  return new Set([...granted, ...inline]);
}

/** Raw bytes that a script gives for a block are taken for the block. */
function isGrant({ answeredAtMs, answer }: SeenRequest): boolean {
  return answeredAtMs !== undefined && (answer === undefined || field(answer, 'status') === 'success');
}

function inlineBlocks(answer: JsonObject | undefined): number[] {
  const data = field(answer, 'initial_blocks_data');
  return isObject(data) ? Object.keys(data).map(Number) : [];
}
