import type { PeerServerStage } from '../../../stage/server-stage.ts';
import { expectSuccess, show } from '../../../wire/expect.ts';
import { getPeers, haveBlocksInfo, peerOffline, register, requestBlockTracker } from '../../../wire/requests.ts';
import { peerCase, trackerCase, type Case } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { serverCases, validRequest } from '../../server-case.ts';
import { noOtherPeer } from '../../swarms.ts';

/** Ids with braces and quotes in front of fields that a server needs. */
const ids = ['}', 'a}b', '{', '"}', '\\"}', '\\', ']}{[', '","x":{"'];

async function expectStrangersUnderstood(peer: PeerServerStage): Promise<void> {
  for (const id of ids) {
    for (const request of [haveBlocksInfo(id), { ...peer.validRequests.get('announce_block'), sender_id: id }])
      expectSuccess(await peer.client.ask(request), `success for ${show(request)}`);
  }
}

export const unframedCases: Case[] = [
  ...serverCases(
    'wire.message.unframed',
    'braces-in-strings',
    'A request has braces and brackets inside a string: only its own closing brace ends it.',
    async (server) => {
      for (const note of ['}', '{', ']}', '}{']) {
        const request = { ...validRequest(server), note };
        expectSuccess(await server.client.ask(request), `success for ${show(request)}`);
      }
    },
    { needs: (role) => [`wire.fields.server-ignores-unknown/${role}`], sharedBy: 'requests' },
  ),

  peerCase(
    'wire.message.unframed/peer-as-client',
    'All answers with a block have braces and brackets in its text: only its own closing brace ends an answer, and the download completes.',
    (peer) => peer.complete({ file: 'contents' }),
    {
      setup: () => noOtherPeer(['um } dois\n', 'tres { quatro\n', ']}}{[\n']),
      needs: [keyCases.writesContents],
    },
  ),

  trackerCase(
    'wire.message.unframed/tracker-braces-in-ids',
    'Peers whose ids have braces, quotes and backslashes register, ask for peers and blocks, and leave: success each time.',
    async (tracker) => {
      for (const id of ids) {
        for (const request of [register(id, 20_001), getPeers(id), requestBlockTracker(id, 0), peerOffline(id, id)])
          expectSuccess(await tracker.client.ask(request), `success for ${show(request)}`);
      }
    },
    {
      needs: [
        'wire.message.unframed/tracker-braces-in-strings',
        'tracker.offline.removes/itself',
        keyCases.serves.tracker,
      ],
      sharedBy: 'requests',
    },
  ),

  peerCase(
    'wire.message.unframed/peer-braces-in-ids',
    'Peers whose ids have braces, quotes and backslashes ask for blocks_info and announce a block: success each time.',
    expectStrangersUnderstood,
    {
      needs: ['wire.message.unframed/peer-braces-in-strings', 'peer.announce.unknown-sender/stranger'],
      running: expectStrangersUnderstood,
      sharedBy: 'requests',
    },
  ),
];
