import { field, isObject, type JsonObject } from '../message.ts';
import type { DeviationKind } from './deviations.ts';

/** Takes note of a deviation, with an example of it. */
type Note = (kind: DeviationKind, example: unknown) => void;

const spellings: Readonly<Record<string, 'success' | 'error'>> = {
  success: 'success',
  ok: 'success',
  sucesso: 'success',
  true: 'success',
  error: 'error',
  erro: 'error',
  fail: 'error',
  failure: 'error',
  failed: 'error',
  false: 'error',
};

/** Names that people give to the fields of an entry, besides the right ones. */
const entryNames = { peer_id: ['id'], ip: ['host', 'address', 'addr'], port: ['listen_port'] } as const;

/** The message as it was meant: what has a wrong type or name, and one sense only, is put right. @param note told what was */
export function normalise(message: JsonObject, note: Note): JsonObject {
  const isRequest = Object.hasOwn(message, 'action');
  const parts: Record<string, unknown> = isRequest ? meantRequest(message, note) : meantResponse(message, note);
  return Object.keys(parts).length === 0 ? message : { ...message, ...parts };
}

function meantRequest(message: JsonObject, note: Note): Record<string, unknown> {
  const parts: Record<string, unknown> = {};
  for (const name of ['block_index', 'listen_port']) {
    const value = field(message, name);
    const meant = meantInt(value);
    if (meant === value) continue;
    parts[name] = meant;
    note('request', { [name]: value });
  }
  return parts;
}

function meantResponse(message: JsonObject, note: Note): Record<string, unknown> {
  const parts: Record<string, unknown> = {};
  const put = (name: string, kind: DeviationKind, meant: (value: unknown) => unknown): void => {
    if (!Object.hasOwn(message, name)) return;
    const value = message[name];
    const right = meant(value);
    if (right === value) return;
    parts[name] = right;
    note(kind, { [name]: value });
  };
  put('status', 'status-spelling', meantStatus);
  put('block_index', 'block-index', meantInt);
  put('initial_blocks', 'initial-blocks', (value) => each(value, meantInt));
  put('blocks_info', 'blocks-info', (value) => each(listOf(value), meantBoolean));
  put('peers', 'peer-entry', (value) => each(value, meantEntry));
  return parts;
}

/** The list with each item put right; the same list if none was wrong. */
function each(value: unknown, meant: (item: unknown) => unknown): unknown {
  if (!Array.isArray(value)) return value;
  const items = value.map(meant);
  return items.some((item, n) => item !== value[n]) ? items : value;
}

function meantInt(value: unknown): unknown {
  return typeof value === 'string' && /^-?\d{1,15}$/.test(value) ? Number(value) : value;
}

function meantStatus(value: unknown): unknown {
  if (value === 'success' || value === 'error') return value;
  const spelling = typeof value === 'string' || typeof value === 'boolean' ? String(value).trim().toLowerCase() : '';
  return Object.hasOwn(spellings, spelling) ? spellings[spelling] : value;
}

function meantBoolean(value: unknown): unknown {
  if (value === 1 || value === '1' || value === 'true') return true;
  if (value === 0 || value === '0' || value === 'false') return false;
  return value;
}

/** The values of an object with the keys 0 to n - 1, as a typed array becomes in JSON. */
function listOf(value: unknown): unknown {
  if (!isObject(value)) return value;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key, n) => key === String(n)) ? Object.values(value) : value;
}

function meantEntry(entry: unknown): unknown {
  if (!isObject(entry)) return entry;
  const parts: Record<string, unknown> = {};
  for (const [name, others] of Object.entries(entryNames)) {
    const found = [name, ...others].find((key) => Object.hasOwn(entry, key));
    if (found === undefined) continue;
    const value = name === 'port' ? meantInt(entry[found]) : entry[found];
    if (found !== name || value !== entry[found]) parts[name] = value;
  }
  return Object.keys(parts).length === 0 ? entry : { ...entry, ...parts };
}
