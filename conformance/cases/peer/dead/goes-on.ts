import { grant } from '../../../stage/replies.ts';
import { sampleBlocks } from '../../../stage/sample-blocks.ts';
import { asksForInfosWithinMs, noticesDeathExtraMs } from '../../../time-limits.ts';
import { peerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';

export const deadGoesOnCases = [
  peerCase(
    'peer.dead.goes-on/holder-dies-before-it-is-asked',
    'The only holder says that it has every block and then refuses connections; the tracker has every block: the download completes.',
    async (peer) => {
      const ana = peer.peer('ana');
      const isAsked = (): boolean => ana.seen('have_blocks_info').length > 0 || peer.program.exit !== undefined;
      // The request that was accepted is still answered.
      await peer.context.transcript.watch.until(isAsked, asksForInfosWithinMs(peer.context.timing));
      ana.leave();
      await peer.complete({ extraMs: noticesDeathExtraMs });
    },
    {
      setup: () => {
        const blocks = sampleBlocks(6);
        return {
          blocks,
          peers: [{ id: 'ana', holds: new Set(blocks.keys()) }],
          tracker: { initialBlocks: [], block: (index) => grant(index, blocks) },
        };
      },
      needs: [keyCases.downloadsFromPeer],
    },
  ),
];
