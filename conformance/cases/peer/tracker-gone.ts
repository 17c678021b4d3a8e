import { asksForInfosWithinMs } from '../../time-limits.ts';
import { peerCase } from '../case.ts';
import { keyCases } from '../key-cases.ts';

export const trackerGoneCases = [
  peerCase(
    'peer.tracker-gone.finishes/with-a-peer-that-has-everything',
    'The tracker stops after the registration, and a known peer has every block: the download completes.',
    async (peer) => {
      const ana = peer.peer('ana');
      const { timing } = peer.context;
      await peer.until(
        () => ana.seen('have_blocks_info').length > 0,
        asksForInfosWithinMs(timing),
        'a have_blocks_info',
        () => 'none',
      );
      peer.tracker.close();
      for (const index of peer.blocks.keys()) ana.script.holds.add(index);
      await peer.complete();
    },
    {
      setup: () => ({ peers: [{ id: 'ana', holds: new Set() }], tracker: { initialBlocks: [] } }),
      needs: [keyCases.downloadsFromPeer, 'peer.discovery.infos-periodic/while-incomplete'],
      endsProgram: true,
    },
  ),
];
