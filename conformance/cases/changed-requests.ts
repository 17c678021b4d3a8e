import type { ServerStage } from '../stage/server-stage.ts';
import { expectError, show } from '../wire/expect.ts';
import {
  announceBlock,
  getPeers,
  haveBlocksInfo,
  peerOffline,
  register,
  requestBlock,
  requestBlockTracker,
} from '../wire/requests.ts';

/** The identifiers (non-empty strings) that a request must have, by action. */
export const identifiers: Readonly<Record<string, readonly string[]>> = {
  register: ['peer_id'],
  get_peers: ['peer_id'],
  request_block_tracker: ['sender_id'],
  peer_offline: ['dead_peer_id', 'sender_id'],
  have_blocks_info: ['sender_id'],
  request_block: ['sender_id'],
  announce_block: ['sender_id'],
};

/** The integers that a request must have, by action. */
export const integers: Readonly<Record<string, readonly string[]>> = {
  register: ['listen_port'],
  request_block_tracker: ['block_index'],
  request_block: ['block_index'],
  announce_block: ['block_index'],
};

/** Valid requests to the other role, from a sender that the server knows. */
export function otherRolesRequests({ role, known }: ServerStage): { action: string }[] {
  return role === 'tracker'
    ? [haveBlocksInfo(known), requestBlock(known, 0), announceBlock(known, 0)]
    : [getPeers(known), register(known, 20_001), requestBlockTracker(known, 0), peerOffline('nobody', known)];
}

/** The valid request of an action with some fields changed; undefined leaves a field out. */
export function withFields(
  { validRequests }: ServerStage,
  action: string,
  fields: Record<string, unknown>,
): { action?: unknown } {
  return { ...validRequests.get(action), ...fields };
}

/** One request for each way to be invalid that the clauses `wire.invalid.*` name. */
export function oneOfEachKind(server: ServerStage): object[] {
  const [action = ''] = server.validRequests.keys();
  const [id = ''] = identifiers[action] ?? [];
  return [
    { greeting: 'hello' },
    { action: 'no_such_action', sender_id: server.known, peer_id: server.known },
    ...otherRolesRequests(server),
    withFields(server, action, { [id]: undefined }),
    withFields(server, action, { [id]: 7 }),
  ];
}

/** The valid request of each action, once for each of its fields in `names` and each value for that field. */
export function withEachField(
  server: ServerStage,
  names: readonly Readonly<Record<string, readonly string[]>>[],
  values: (right: unknown) => readonly unknown[],
): { action?: unknown }[] {
  return [...server.validRequests].flatMap(([action, request]) =>
    names
      .flatMap((byAction) => byAction[action] ?? [])
      .flatMap((name) =>
        values(request[name as keyof typeof request]).map((value) => withFields(server, action, { [name]: value })),
      ),
  );
}

/** Sends all of the requests, up to the first that is not refused, so that this one is the last in the wire log. */
export async function expectErrors(server: ServerStage, requests: readonly { action?: unknown }[]): Promise<void> {
  // A peer refuses every block request of a choked sender, so being unchoked comes first.
  if (requests.some(({ action }) => action === 'request_block')) await server.ready();
  for (const request of requests) expectError(await server.client.ask(request), `status "error" for ${show(request)}`);
}
