import { isUtf8 } from 'node:buffer';
import { withoutRounding } from './exact-numbers.ts';

/** A JSON object received from outside: its fields are unchecked. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** The bytes are not a message, or not the expected one. */
export class MessageError extends Error {
  override readonly name = 'MessageError';
}

/** Reads one framed message. Throws a {@link MessageError} when the bytes are not UTF-8 or not JSON. */
export function parseMessage(bytes: Buffer): JsonObject {
  if (!isUtf8(bytes)) throw new MessageError('the message is not UTF-8');
  try {
    const text = bytes.toString('utf8');
    const value: unknown = JSON.parse(text);
    const exact = withoutRounding(text);
    // The framer has found the braces, so this is an object.
    return (exact === text ? value : JSON.parse(exact)) as JsonObject;
  } catch {
    throw new MessageError('the message is not JSON');
  }
}

/** The bytes of a message (wire.message.one-object). */
export function encodeMessage(message: object): Buffer {
  return Buffer.from(JSON.stringify(message));
}

/** A JSON number with an integer value (wire.types.strict-int). */
export function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

/** A string that is not empty (wire.types.identifiers-not-empty). */
export function isIdentifier(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

export function isPort(value: unknown): value is number {
  return isInteger(value) && value >= 1 && value <= 65535;
}
