import { field } from '../../wire/message.ts';
import type { Knowledge } from '../knowledge.ts';
import type { Exchange, Problem } from './exchange.ts';

/** The answer to have_blocks_info. What is claimed too little may be under way. */
export function checkInfo({ server, response, isSuccess }: Exchange, knowledge: Knowledge): Problem | undefined {
  const shape = 'peer.have-blocks.shape';
  if (!isSuccess) return { clause: shape, sentence: 'refused to tell which blocks it has' };
  const id = field(response, 'peer_id');
  const own = knowledge.idsOf(server);
  if (own.size > 0 && !own.has(String(id))) {
    return { clause: shape, sentence: `answered under the peer_id ${JSON.stringify(id)}, which is not its own` };
  }
  const blocks = field(response, 'blocks_info') as boolean[];
  if (blocks.length !== knowledge.blocks) {
    return { clause: shape, sentence: `told of ${blocks.length} blocks, and there are ${knowledge.blocks}` };
  }
  const invented = blocks.findIndex((has, index) => has && !knowledge.had(server, index));
  if (invented < 0) return undefined;
  return { clause: 'peer.have-blocks.truth', sentence: `claimed to have block ${invented}, which nobody had given it` };
}
