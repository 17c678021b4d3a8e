import type { JsonObject } from '../../wire/message.ts';

/** The fields of the extensions: an implementation without them may write anything there. */
const extensionFields = new Set([
  'keep_alive',
  'encoding',
  'initial_blocks_data',
  'total_blocks',
  'file_name',
  'file_size',
  'block_sha256',
]);

/** A message without the fields of the extensions. */
export function withoutExtensions(message: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(message).filter(([name]) => !extensionFields.has(name)));
}
