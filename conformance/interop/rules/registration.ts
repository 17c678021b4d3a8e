import { createHash } from 'node:crypto';
import { field, isObject } from '../../wire/message.ts';
import type { SwarmModel } from '../swarm-model.ts';
import { checkEntries, findMissing, idsIn } from './peer-list.ts';
import { isIndex } from './request.ts';
import type { Exchange, Problem } from './exchange.ts';

/** Checks the answer to register. */
export function checkRegistration(exchange: Exchange, model: SwarmModel): Problem | undefined {
  const { request, during, response, isSuccess } = exchange;
  if (!isSuccess) return { clause: 'tracker.register.success', sentence: 'refused a registration' };
  const requester = String(field(request, 'peer_id'));
  const others = 'tracker.register.lists-others';
  const ids = idsIn(response);
  if (ids.includes(requester)) return { clause: others, sentence: 'listed the requester itself' };
  const registered = model.certainDuring(during).filter((id) => id !== requester);
  const initial = field(response, 'initial_blocks') as number[];
  const outside = initial.find((index) => !isIndex(index, model.blocks));
  if (outside !== undefined) {
    const sentence = `designated initial block ${outside}, but the blocks are 0 to ${model.blocks - 1}`;
    return { clause: 'file.initial-blocks.distinct', sentence };
  }
  return (
    findMissing(ids, registered, others) ??
    checkEntries(exchange, model) ??
    checkInline(exchange, initial, model) ??
    checkMetadata(exchange, model)
  );
}

/** A peer with the extension uses these blocks, so they must be right. */
function checkInline({ response }: Exchange, initial: number[], model: SwarmModel): Problem | undefined {
  const inline = field(response, 'initial_blocks_data');
  if (!isObject(inline)) return undefined;
  const clause = 'file.initial-data.inline';
  for (const [key, data] of Object.entries(inline)) {
    if (!initial.includes(Number(key)) || typeof data !== 'string') {
      return { clause, sentence: `sent data under ${JSON.stringify(key)} that is not the text of an initial block` };
    }
    const problem = model.file.fromTracker(Number(key), Buffer.from(data));
    if (problem !== undefined) return { clause, sentence: problem };
  }
  return undefined;
}

/** A peer with the extension refuses blocks that contradict these fields, so they must be right. */
function checkMetadata({ response }: Exchange, { file, blocks }: SwarmModel): Problem | undefined {
  const clause = 'file.metadata.fields';
  const total = field(response, 'total_blocks');
  if (total !== undefined && total !== blocks) {
    return { clause, sentence: `reported ${JSON.stringify(total)} blocks, but there are ${blocks}` };
  }
  const size = field(response, 'file_size');
  if (size !== undefined && size !== file.sizeBytes) {
    return { clause, sentence: `reported a file of ${JSON.stringify(size)} bytes, but it has ${file.sizeBytes}` };
  }
  const hashes = field(response, 'block_sha256');
  if (!Array.isArray(hashes)) return undefined;
  if (hashes.length !== blocks) return { clause, sentence: `gave ${hashes.length} hashes for ${blocks} blocks` };
  const wrong = hashes.findIndex((hash: unknown, index) => {
    const block = file.block(index);
    return block && createHash('sha256').update(block).digest('hex') !== String(hash).toLowerCase();
  });
  return wrong < 0 ? undefined : { clause, sentence: `gave a wrong hash for block ${wrong}` };
}
