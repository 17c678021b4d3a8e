import type { PeerSetup, PeerStage } from '../../../stage/peer-stage.ts';
import { grant } from '../../../stage/replies.ts';
import { sampleBlocks } from '../../../stage/sample-blocks.ts';
import { asksForInfosWithinMs, noticesDeathExtraMs } from '../../../time-limits.ts';
import { peerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';

/** Ana holds every block, and so does the tracker. */
function oneHolder(count: number, answerAfterMs = 0): PeerSetup {
  const blocks = sampleBlocks(count);
  return {
    blocks,
    peers: [{ id: 'ana', holds: new Set(blocks.keys()), answerAfterMs }],
    tracker: { initialBlocks: [], block: (index) => grant(index, blocks, answerAfterMs) },
  };
}

/** Ana leaves when she gets such a request, which is still answered; the download must complete. */
async function completeWithout(peer: PeerStage, action: string): Promise<void> {
  const ana = peer.peer('ana');
  const isAsked = (): boolean => ana.seen(action).length > 0 || peer.program.exit !== undefined;
  await peer.context.transcript.watch.until(isAsked, asksForInfosWithinMs(peer.context.timing));
  ana.leave();
  await peer.complete({ extraMs: noticesDeathExtraMs });
}

export const deadGoesOnCases = [
  peerCase(
    'peer.dead.goes-on/nobody-listens',
    'A listed peer refuses connections and another has the blocks: the download completes.',
    (peer) => peer.complete(),
    {
      setup: () => ({
        peers: [
          { id: 'morto', holds: new Set(), refusesConnections: true },
          { id: 'ana', holds: new Set([2, 3, 4, 5, 6, 7]) },
        ],
      }),
      needs: [keyCases.asksHolder, keyCases.downloadsFromPeer],
    },
  ),

  peerCase(
    'peer.dead.goes-on/holder-dies',
    'The only holder serves one block and then refuses connections; the tracker has every block: the download completes.',
    // A subject with many requests in flight may ask the tracker for all blocks before it knows what ana has.
    (peer) => completeWithout(peer, 'request_block'),
    { setup: () => oneHolder(12, 200), needs: [keyCases.downloadsFromPeer] },
  ),

  peerCase(
    'peer.dead.goes-on/holder-dies-before-it-is-asked',
    'The only holder says that it has every block and then refuses connections; the tracker has every block: the download completes.',
    (peer) => completeWithout(peer, 'have_blocks_info'),
    { setup: () => oneHolder(6), needs: [keyCases.downloadsFromPeer] },
  ),
];
