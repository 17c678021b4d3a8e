import { field } from '../../wire/message.ts';
import type { SwarmModel } from '../swarm-model.ts';
import type { Exchange, Problem } from './exchange.ts';

/** Checks the answer to have_blocks_info. Blocks missing in it may still be on their way. */
export function checkBlocksInfo({ server, response, isSuccess }: Exchange, model: SwarmModel): Problem | undefined {
  const shape = 'peer.have-blocks.shape';
  if (!isSuccess) return { clause: shape, sentence: 'refused to report its blocks' };
  const id = field(response, 'peer_id');
  const own = model.idsOf(server);
  if (own.size > 0 && !own.has(String(id))) {
    return { clause: shape, sentence: `answered under the peer_id ${JSON.stringify(id)}, which is not its own` };
  }
  const blocks = field(response, 'blocks_info') as boolean[];
  if (blocks.length !== model.blocks) {
    return { clause: shape, sentence: `reported ${blocks.length} blocks, but there are ${model.blocks}` };
  }
  const invented = blocks.findIndex((has, index) => has && !model.had(server, index));
  if (invented < 0) return undefined;
  return { clause: 'peer.have-blocks.truth', sentence: `claimed to have block ${invented}, which it had not received` };
}
