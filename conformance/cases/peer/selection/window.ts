import { sampleBlocks } from '../../../stage/sample-blocks.ts';
import { peerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { isBlockRequest } from './swarm.ts';

/** So long that requests in flight together overlap. */
const answerAfterMs = 200;

/** The most requests that were in flight at once. */
function mostAtOnce(requests: readonly { readonly atMs: number; readonly answeredAtMs?: number }[]): number {
  const atOnce = ({ atMs }: { readonly atMs: number }): number =>
    requests.filter((other) => other.atMs <= atMs && atMs < (other.answeredAtMs ?? Infinity)).length;
  return Math.max(0, ...requests.map(atOnce));
}

export const windowCases = [
  peerCase(
    'peer.selection.window/four-offered',
    'A peer has all blocks, and the subject is told to have up to four requests in flight, if it has an option for that.',
    async (peer) => {
      await peer.complete();
      return `${mostAtOnce(peer.requests().filter(isBlockRequest))} block requests in flight at once, at most`;
    },
    {
      setup: () => {
        const blocks = sampleBlocks(12);
        return { blocks, peers: [{ id: 'ana', holds: new Set(blocks.keys()), answerAfterMs }], window: 4 };
      },
      needs: [keyCases.downloadsFromPeer],
    },
  ),
];
