import type { PeerSetup } from '../../../stage/peer-stage.ts';
import { peerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { swarmOfNewPeers, untilStays, whyItDoesNotStay } from './complete-swarm.ts';

/** One other peer, which the tracker does not list yet. */
function nobodyYet(): PeerSetup {
  const setup = swarmOfNewPeers(1);
  const peers = (setup.peers ?? []).map((one) => ({ ...one, listedBy: 'get_peers' as const }));
  return { ...setup, peers, tracker: { ...setup.tracker, draw: () => [] } };
}

export const staysNewcomersCases = [
  peerCase(
    'peer.stays.newcomers/after-completion',
    'Another peer registers when a peer that stays is complete, and asks it for a block again and again: it gets the block.',
    async (peer) => {
      await untilStays(peer);
      peer.tracker.script.draw = (listed) => listed;
      const expected = `block 0 for ${peer.known}, which the tracker lists since the peer is complete,`;
      await peer.expectGrant(peer.client, peer.known, 0, expected);
    },
    {
      setup: nobodyYet,
      inapplicable: whyItDoesNotStay,
      needs: ['peer.stays.serves/lone-known-peer', keyCases.downloadsAlone],
    },
  ),
];
