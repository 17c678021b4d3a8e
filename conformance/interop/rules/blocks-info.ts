import { field } from '../../wire/message.ts';
import type { SwarmModel } from '../swarm-model.ts';
import type { Exchange, Problem } from './exchange.ts';

/** Checks the answer to have_blocks_info. A block that it has received may still be on its way; one that it has shown is its own. */
export function checkBlocksInfo(
  { server, during, response, isSuccess }: Exchange,
  model: SwarmModel,
): Problem | undefined {
  const shape = 'peer.have-blocks.shape';
  if (!isSuccess) return { clause: shape, sentence: 'refused to report its blocks' };
  const id = field(response, 'peer_id');
  const own = model.membership.idsOf(server);
  if (own.size > 0 && !own.has(String(id))) {
    return { clause: shape, sentence: `answered under the peer_id ${JSON.stringify(id)}, which is not its own` };
  }
  const blocks = field(response, 'blocks_info') as boolean[];
  if (blocks.length !== model.blocks) {
    return { clause: shape, sentence: `reported ${blocks.length} blocks, but there are ${model.blocks}` };
  }
  const invented = blocks.findIndex((has, index) => has && !model.had(server, index));
  const clause = 'peer.have-blocks.truth';
  if (invented >= 0) return { clause, sentence: `claimed to have block ${invented}, which it had not received` };
  const denied = blocks.findIndex((has, index) => !has && model.certainlyHas(server, index, during));
  if (denied < 0) return undefined;
  return { clause, sentence: `denied having block ${denied}, which it had announced or given before` };
}
