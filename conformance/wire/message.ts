import { errorMessage } from '../../launch/error-message.ts';

/** A JSON object as received. Read its fields with `field`: an id may be `__proto__`. */
export type JsonObject = Readonly<Record<string, unknown>>;

export type Reading = { readonly value: JsonObject } | { readonly problem: string };

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Parses one message strictly: UTF-8 without BOM, a JSON object (clause `wire.message.one-object`). */
export function readMessage(bytes: Uint8Array): Reading {
  let text: string;
  try {
    text = decoder.decode(bytes);
  } catch {
    return { problem: 'its bytes are not UTF-8' };
  }
  if (text.startsWith('\ufeff')) return { problem: 'it begins with a byte order mark' };
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? { value } : { problem: 'it is JSON, but not an object' };
  } catch (error) {
    return { problem: `it is not JSON: ${errorMessage(error)}` };
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own field of a message; undefined if it has none. */
export function field(message: JsonObject | undefined, name: string): unknown {
  return message !== undefined && Object.hasOwn(message, name) ? message[name] : undefined;
}
