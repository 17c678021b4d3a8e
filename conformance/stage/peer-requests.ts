import type { Client } from '../wire/client.ts';
import { expectSuccess } from '../wire/expect.ts';
import { field, type JsonObject } from '../wire/message.ts';
import { announceBlock, haveBlocksInfo, requestBlock } from '../wire/requests.ts';

/** A valid request for each action of a peer, by action. @param blocks the indices to request and to announce */
export function validPeerRequests(
  senderId: string,
  { requested, announced }: { readonly requested: number; readonly announced: number },
): ReadonlyMap<string, object> {
  return new Map<string, object>([
    ['have_blocks_info', haveBlocksInfo(senderId)],
    ['request_block', requestBlock(senderId, requested)],
    ['announce_block', announceBlock(senderId, announced)],
  ]);
}

/** Asks a peer which blocks it has. @returns `blocks_info` as received @throws Violation unless it answers with success */
export async function askBlocksInfo(client: Client, senderId: string, expected?: string): Promise<unknown> {
  return field(expectSuccess(await client.ask(haveBlocksInfo(senderId)), expected), 'blocks_info');
}

interface Sent {
  readonly action: string;
  readonly body: JsonObject;
}

/** The first request under another id than the one that the peer registered with; one without an id is malformed. */
export function otherId(requests: readonly Sent[]): JsonObject | undefined {
  const own = field(requests.find(({ action }) => action === 'register')?.body, 'peer_id');
  const idOf = ({ body }: Sent): unknown => field(body, Object.hasOwn(body, 'sender_id') ? 'sender_id' : 'peer_id');
  const isOther = (request: Sent): boolean => typeof idOf(request) === 'string' && idOf(request) !== own;
  return typeof own === 'string' ? requests.find(isOther)?.body : undefined;
}
