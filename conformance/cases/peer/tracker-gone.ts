import { asksForInfosWithinMs } from '../../time-limits.ts';
import { peerCase } from '../case.ts';
import { keyCases } from '../key-cases.ts';
import { untilRead } from '../swarms.ts';

export const trackerGoneCases = [
  peerCase(
    'peer.tracker-gone.finishes/with-a-peer-that-has-everything',
    'The tracker stops after the registration, and a known peer has every block: the download completes.',
    async (peer) => {
      const ana = peer.peer('ana');
      await untilRead(peer, ana, 'have_blocks_info', asksForInfosWithinMs(peer.context.timing));
      peer.tracker.close();
      for (const index of peer.blocks.keys()) ana.script.holds.add(index);
      await peer.complete();
    },
    {
      setup: () => ({ peers: [{ id: 'ana', holds: new Set() }], tracker: { initialBlocks: [] } }),
      needs: [keyCases.asksHolder, keyCases.downloadsFromPeer, 'peer.discovery.infos-periodic/while-incomplete'],
      endsProgram: true,
    },
  ),
];
