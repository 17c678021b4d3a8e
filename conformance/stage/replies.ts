import type { Reply } from '../wire/scripted-server.ts';

/** The scripted tracker and peers refuse after a pause, so that a subject that retries at once does not spin. */
const refusalAfterMs = 100;

/** A reply with this message. */
export function reply(message: object, afterMs = 0): Reply {
  return { kind: 'message', message, afterMs };
}

/** A reply with a block. */
export function grant(index: number, blocks: readonly string[], afterMs = 0): Reply {
  const block_data = blocks[index];
  if (block_data === undefined) return reply({ status: 'error', block_index: index, reason: 'No such block' });
  return reply({ status: 'success', block_index: index, block_data }, afterMs);
}

/** A reply that refuses a block, in the paper's words. */
export function withhold(index: unknown, reason = 'Bloco não disponível no tracker'): Reply {
  const block = Number.isInteger(index) ? { block_index: index } : {};
  return reply({ status: 'error', ...block, reason }, refusalAfterMs);
}
