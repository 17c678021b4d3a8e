import { isObject } from '../wire/message.ts';
import type { Manner } from './manner.ts';

/** A larger message may not fit into a server's limit any more, if it is spelled at greater length (`wire.size.accepts-64-kib`). */
const respelledBytes = 32 * 1024;

/** A string, or a character that separates two parts of an object or a list. */
const stringOrSeparator = /"[^"\\]*(?:\\.[^"\\]*)*"|[:,]/gs;
const outsideAscii = /[^\x00-\x7f]/g;

const protocolFields: ReadonlySet<string> = new Set([
  'action',
  'peer_id',
  'listen_port',
  'sender_id',
  'block_index',
  'dead_peer_id',
  'keep_alive',
  'encoding',
]);

/** One message, as the manner spells it. Its content stays the same, but for fields of a request that the protocol does not know. */
export function respell(bytes: Buffer, manner: Manner, kind: 'request' | 'response'): Buffer {
  if (manner.size === 0 || bytes.length > respelledBytes) return bytes;
  let json = bytes.toString('utf8');
  if (!Buffer.from(json).equals(bytes)) return bytes;
  if (kind === 'request' && manner.has('known-fields-only')) json = withKnownFields(json);
  if (manner.has('spaces-in-messages')) json = withSpaces(json);
  if (manner.has('ascii-only')) json = escaped(json);
  return Buffer.from(json);
}

function withKnownFields(json: string): string {
  const request = parsed(json);
  if (!isObject(request)) return json;
  const known = Object.entries(request).filter(([name]) => protocolFields.has(name));
  return known.length === Object.keys(request).length ? json : JSON.stringify(Object.fromEntries(known));
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** `{"a": 1, "b": 2}`, as Python's `json.dumps` writes it. */
function withSpaces(json: string): string {
  return json.replaceAll(stringOrSeparator, (part) => (part === ':' || part === ',' ? `${part} ` : part));
}

function escaped(json: string): string {
  return json.replaceAll(outsideAscii, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
