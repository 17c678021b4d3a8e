import type {
  AnnounceBlockRequest,
  GetPeersRequest,
  HaveBlocksInfoRequest,
  PeerOfflineRequest,
  RegisterRequest,
  RequestBlockRequest,
  RequestBlockTrackerRequest,
} from '../../../../schemas/types.ts';
import { isIdentifier, isInteger, isPort, MessageError, type JsonObject } from './messages.ts';

export type TrackerRequest = RegisterRequest | GetPeersRequest | RequestBlockTrackerRequest | PeerOfflineRequest;
export type PeerRequest = RequestBlockRequest | HaveBlocksInfoRequest | AnnounceBlockRequest;
export type Action = (TrackerRequest | PeerRequest)['action'];

interface RequestShape {
  readonly server: 'tracker' | 'peer';
  readonly fields: Readonly<Record<string, (value: unknown) => boolean>>;
}

/** The required fields of each request, and who serves it. The server itself checks whether an index is in range. */
const shapes = new Map<string, RequestShape>(
  Object.entries({
    register: { server: 'tracker', fields: { peer_id: isIdentifier, listen_port: isPort } },
    get_peers: { server: 'tracker', fields: { peer_id: isIdentifier } },
    request_block_tracker: { server: 'tracker', fields: { sender_id: isIdentifier, block_index: isInteger } },
    peer_offline: { server: 'tracker', fields: { sender_id: isIdentifier, dead_peer_id: isIdentifier } },
    request_block: { server: 'peer', fields: { sender_id: isIdentifier, block_index: isInteger } },
    have_blocks_info: { server: 'peer', fields: { sender_id: isIdentifier } },
    announce_block: { server: 'peer', fields: { sender_id: isIdentifier, block_index: isInteger } },
  } satisfies Record<Action, RequestShape>),
);

/** The message as a request that the tracker serves. Throws a {@link MessageError} (`wire.invalid.*`). */
export function asTrackerRequest(message: JsonObject): TrackerRequest {
  return checkRequest(message, 'tracker') as unknown as TrackerRequest;
}

/** The message as a request that a peer serves. Throws a {@link MessageError} (`wire.invalid.*`). */
export function asPeerRequest(message: JsonObject): PeerRequest {
  return checkRequest(message, 'peer') as unknown as PeerRequest;
}

function checkRequest(message: JsonObject, server: RequestShape['server']): JsonObject {
  const action = message['action'];
  if (typeof action !== 'string') throw new MessageError('action must be a string');
  const shape = shapes.get(action);
  if (shape === undefined) throw new MessageError('unknown action');
  if (shape.server !== server) throw new MessageError(`${action} is for a ${shape.server}, this is a ${server}`);
  for (const [field, isValid] of Object.entries(shape.fields)) {
    if (!isValid(message[field])) throw new MessageError(`${field} of ${action} is missing or wrong`);
  }
  return message;
}

/** Whether the request asks to leave the connection open (extension `keep_alive`). */
export function asksKeepAlive(message: JsonObject): boolean {
  return message['keep_alive'] === true;
}

/** Whether the request asks for base64 (extension `encoding`). */
export function asksBase64(request: RequestBlockRequest | RequestBlockTrackerRequest): boolean {
  return request.encoding === 'base64';
}
