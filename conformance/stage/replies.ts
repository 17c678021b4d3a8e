import type { Reply } from '../wire/scripted-server.ts';

/** How soon the scripted tracker and peers refuse: not at once, so that a subject that asks again and again does not spin. */
const refusalAfterMs = 100;

/** The reply that is this message. */
export function reply(message: object, afterMs = 0): Reply {
  return { kind: 'message', message, afterMs };
}

/** The reply that gives a block. */
export function grant(index: number, blocks: readonly string[], afterMs = 0): Reply {
  const block_data = blocks[index];
  if (block_data === undefined) return reply({ status: 'error', block_index: index, reason: 'There is no such block' });
  return reply({ status: 'success', block_index: index, block_data }, afterMs);
}

/** The reply that refuses a block, in the report's words. */
export function withhold(index: unknown, reason = 'Bloco não disponível no tracker'): Reply {
  const block = Number.isInteger(index) ? { block_index: index } : {};
  return reply({ status: 'error', ...block, reason }, refusalAfterMs);
}
