import { Violation } from '../../violation.ts';
import { expectConforms, expectPeers } from '../../wire/expect.ts';
import { trackerCase } from '../case.ts';
import { keyCases } from '../key-cases.ts';

export const peersCases = [
  trackerCase(
    'tracker.peers.entry/register-and-get-peers',
    'A peer registers and asks for peers: each entry of both lists has a peer_id, an IP address and a port.',
    async (tracker) => {
      await tracker.registerMany('peer-', 3);
      for (const name of ['register.response', 'get_peers.response'] as const) {
        const { id, port } = await tracker.registrant('ana');
        const answer = name === 'register.response' ? await tracker.register(id, port) : await tracker.getPeers(id);
        const peers = expectPeers(answer);
        if (peers.length === 0) throw new Violation('entries for the other peers', 'an empty list');
        expectConforms({ status: 'success', initial_blocks: [], peers }, name);
      }
    },
    { needs: [keyCases.listsOthers, keyCases.answersRead.tracker], running: true, sharedBy: 'requests' },
  ),
];
