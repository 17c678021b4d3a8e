import type { ServerStage } from '../../stage/server-stage.ts';
import { Violation } from '../../violation.ts';
import { expectPeers, expectSuccess, show } from '../../wire/expect.ts';
import { field } from '../../wire/message.ts';
import { peerCase, trackerCase, type Case } from '../case.ts';
import { keyCases } from '../key-cases.ts';

/** Sends a have_blocks_info with a block_index, which other requests have. */
async function expectBlocksInfo(peer: ServerStage): Promise<void> {
  const request = { action: 'have_blocks_info', sender_id: peer.known, block_index: 1 };
  const message = expectSuccess(await peer.client.ask(request));
  if (!Array.isArray(field(message, 'blocks_info'))) throw new Violation('an answer with blocks_info', show(message));
}

export const requestCases: Case[] = [
  trackerCase(
    'wire.request.told-by-action/tracker',
    'A get_peers request has a listen_port, as register has: the tracker takes it for get_peers and changes no address.',
    async (tracker) => {
      expectPeers(await tracker.client.ask({ action: 'get_peers', peer_id: tracker.known, listen_port: 20_123 }));
      const ana = await tracker.registrant('ana');
      const ports = expectPeers(await tracker.register(ana.id, ana.port))
        .filter((entry) => field(entry, 'peer_id') === tracker.known)
        .map((entry) => field(entry, 'port'));
      if (ports.includes(20_123)) throw new Violation('an unchanged address', 'the port of a get_peers request listed');
    },
    {
      needs: [keyCases.answersRead.tracker, 'wire.fields.server-ignores-unknown/tracker'],
      running: true,
      sharedBy: 'requests',
    },
  ),

  peerCase(
    'wire.request.told-by-action/peer',
    'A have_blocks_info request has a block_index, as announce_block has: the peer answers with blocks_info.',
    expectBlocksInfo,
    {
      needs: [keyCases.answersRead.peer, 'wire.fields.server-ignores-unknown/peer'],
      running: expectBlocksInfo,
      sharedBy: 'requests',
    },
  ),
];
