import { isUtf8 } from 'node:buffer';

/** A JSON object from a stranger: nothing is known of its fields. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The bytes are not a message, or not the one that was due. */
export class MessageError extends Error {
  override readonly name = 'MessageError';
}

/** Reads one framed message. Throws a {@link MessageError} when the bytes are not UTF-8 or not JSON. */
export function parseMessage(bytes: Buffer): JsonObject {
  if (!isUtf8(bytes)) throw new MessageError('the message is not UTF-8');
  try {
    // Framing has seen the braces, so what parses is an object.
    return JSON.parse(bytes.toString('utf8')) as JsonObject;
  } catch {
    throw new MessageError('the message is not JSON');
  }
}

/** A message in the form that goes over the wire. */
export function encodeMessage(message: object): Buffer {
  return Buffer.from(JSON.stringify(message));
}

/** *int* of decision 1.6: a JSON number with an integer value. */
export function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

/** A string that identifies: not empty. */
export function isIdentifier(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

export function isPort(value: unknown): value is number {
  return isInteger(value) && value >= 1 && value <= 65535;
}
