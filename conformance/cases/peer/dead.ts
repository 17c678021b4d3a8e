import { grant } from '../../stage/replies.ts';
import { sampleBlocks } from '../../stage/sample-blocks.ts';
import { asksForInfosWithinMs, noticesDeathExtraMs, reportsDeadWithinMs } from '../../time-limits.ts';
import { show } from '../../wire/expect.ts';
import { field } from '../../wire/message.ts';
import type { SeenRequest } from '../../wire/scripted-server.ts';
import { peerCase } from '../case.ts';
import { continuesAfterRegistration, keyCases } from '../key-cases.ts';

export const deadCases = [
  peerCase(
    'peer.dead.reported/nobody-listens',
    'A listed peer refuses connections: the subject reports it to the tracker with peer_offline.',
    async (peer) => {
      const reports = (): SeenRequest[] => peer.tracker.seen('peer_offline');
      await peer.until(
        () => reports().some(({ body }) => field(body, 'dead_peer_id') === 'morto'),
        reportsDeadWithinMs(peer.context.timing),
        'a peer_offline for morto, which refuses connections',
        () => show(reports().map(({ body }) => body)),
      );
    },
    {
      setup: () => ({
        peers: [
          { id: 'ana', holds: new Set() },
          { id: 'morto', holds: new Set(), refusesConnections: true },
        ],
      }),
      needs: ['peer.dead.goes-on/nobody-listens', keyCases.asksNewPeersForBlocks, ...continuesAfterRegistration],
    },
  ),

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
    async (peer) => {
      const ana = peer.peer('ana');
      // A subject with many requests in flight may ask the tracker for all blocks before it knows what ana has.
      const asked = (): boolean => ana.seen('request_block').length > 0 || peer.program.exit !== undefined;
      await peer.context.transcript.watch.until(asked, asksForInfosWithinMs(peer.context.timing));
      ana.leave();
      await peer.complete({ extraMs: noticesDeathExtraMs });
    },
    {
      setup: () => {
        const blocks = sampleBlocks(12);
        return {
          blocks,
          peers: [{ id: 'ana', holds: new Set(blocks.keys()), answerAfterMs: 200 }],
          tracker: { initialBlocks: [], block: (index) => grant(index, blocks, 200) },
        };
      },
      needs: [keyCases.downloadsFromPeer],
    },
  ),
];
