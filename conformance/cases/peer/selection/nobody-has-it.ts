import { sampleBlocks } from '../../../stage/sample-blocks.ts';
import { peerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { blockIndex, trackerWithAll } from '../../swarms.ts';
import { allToldMs, isBlockRequest } from './swarm.ts';

const blockCount = 12;
const answerAfterMs = 50;
const hasHolder = (index: number): boolean => index % 2 === 0;

/** Where the blocks without a holder stand among the others. */
function placeOf(fromTracker: readonly boolean[]): string {
  const first = fromTracker.indexOf(false);
  const last = fromTracker.lastIndexOf(true);
  if (first === -1 || last === -1) return 'not seen';
  if (last < first) return 'before all others';
  return fromTracker.indexOf(true) > fromTracker.lastIndexOf(false) ? 'after all others' : 'among the others';
}

export const nobodyHasItCases = [
  peerCase(
    'peer.selection.nobody-has-it/half-of-twelve',
    'A peer has half of the blocks, and nobody the other half.',
    async (peer) => {
      await peer.complete();
      const toldMs = allToldMs(peer);
      const requests = peer.requests().filter((request) => isBlockRequest(request) && request.sinceMs >= toldMs);
      return `blocks that no known peer has are requested ${placeOf(requests.map((one) => !hasHolder(blockIndex(one))))}`;
    },
    {
      setup: () => {
        const blocks = sampleBlocks(blockCount);
        const holds = new Set([...blocks.keys()].filter(hasHolder));
        return {
          blocks,
          peers: [{ id: 'ana', holds, answerAfterMs }],
          tracker: trackerWithAll(blocks),
          longInfos: true,
        };
      },
      needs: [keyCases.downloadsFromPeer],
    },
  ),
];
