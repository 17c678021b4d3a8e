import { field, type JsonObject } from '../wire/message.ts';
import type { Manner } from './manner.ts';

/** A reply of a scripted server with a message, as far as extensions change it. */
interface Offerable {
  readonly message: object;
  readonly staysOpen?: boolean;
  readonly closesAfter?: number;
}

/** A reply with the extensions that the request asks for and the manner grants; one whose script decides on them stays as it is. */
export function offered<Reply extends Offerable>(reply: Reply, request: JsonObject, manner: Manner): Reply {
  const inBase64 = manner.has('base64-granted') && field(request, 'encoding') === 'base64';
  const message = inBase64 ? blockInBase64(reply.message as JsonObject) : reply.message;
  const isDecided = reply.closesAfter !== undefined || reply.staysOpen !== undefined;
  const isKept = !isDecided && manner.has('keep-alive-granted') && field(request, 'keep_alive') === true;
  return isKept
    ? { ...reply, message: { ...message, keep_alive: true }, closesAfter: Infinity }
    : { ...reply, message };
}

function blockInBase64(message: JsonObject): JsonObject {
  const text = field(message, 'block_data');
  if (typeof text !== 'string' || field(message, 'encoding') !== undefined) return message;
  return { ...message, block_data: Buffer.from(text).toString('base64'), encoding: 'base64' };
}
