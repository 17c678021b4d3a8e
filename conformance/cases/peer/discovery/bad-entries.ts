import type { PeerStage } from '../../../stage/peer-stage.ts';
import { refusingPeer, type PeerScript } from '../../../stage/scripted-peer.ts';
import type { PeerEntry } from '../../../stage/scripted-tracker.ts';
import { asksForInfosAgainWithinMs, asksForPeersWithinMs } from '../../../time-limits.ts';
import { Violation } from '../../../violation.ts';
import { expectEqual, expectError } from '../../../wire/expect.ts';
import { requestBlock } from '../../../wire/requests.ts';
import type { Reply } from '../../../wire/scripted-server.ts';
import { peerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { untilRepeated } from '../../swarms.ts';
import { infosAsked, untilAllAsked } from './infos.ts';

/** What is wrong with an entry, by the id of the peer whose address it would be. */
const faults: Readonly<Record<string, (entry: PeerEntry) => unknown>> = {
  'host-name': (entry) => ({ ...entry, ip: 'localhost' }),
  'port-too-high': (entry) => ({ ...entry, port: entry.port + 65_536 }),
  'port-as-text': (entry) => ({ ...entry, port: String(entry.port) }),
  'empty-id': (entry) => ({ ...entry, peer_id: '' }),
  'id-as-number': (entry) => ({ ...entry, peer_id: 7 }),
  'no-id': ({ ip, port }) => ({ ip, port }),
  'in-a-list': (entry) => [entry],
};

/** Entries that name no address at all. */
const nowhere: readonly unknown[] = [
  null,
  7,
  'ana',
  {},
  { peer_id: 'zero', ip: '127.0.0.1', port: 0 },
  { peer_id: 'high', ip: '127.0.0.1', port: 70_000 },
  { peer_id: 'below', ip: '127.0.0.1', port: -1 },
  { peer_id: 'no-port', ip: '127.0.0.1' },
  { peer_id: 'no-ip', port: 5000 },
  { peer_id: 'null-ip', ip: null, port: 5000 },
  { peer_id: 'empty-ip', ip: '', port: 5000 },
];

/** Puts what is wrong into a list: bad entries before, between and after the good ones. */
function spoil(reply: Reply): Reply {
  if (reply.kind !== 'message' || !('peers' in reply.message)) return reply;
  const { peers } = reply.message as unknown as { readonly peers: readonly PeerEntry[] };
  const spoilt = peers.map((entry) => faults[entry.peer_id]?.(entry) ?? entry);
  return { ...reply, message: { ...reply.message, peers: [...nowhere.slice(0, 6), ...spoilt, ...nowhere.slice(6)] } };
}

/** Ana, then a server for each fault, then bia. */
function withFaults(listedBy?: 'get_peers'): PeerScript[] {
  const bad = Object.keys(faults).map((id) => ({ id, holds: new Set<number>() }));
  return [{ id: 'ana', holds: new Set<number>() }, ...bad, { id: 'bia', holds: new Set<number>() }].map((one) => ({
    ...one,
    ...(listedBy !== undefined && { listedBy }),
  }));
}

/** The good entries are used, no other, and the subject does not register again. */
async function expectOnlyGoodUsed(peer: PeerStage): Promise<void> {
  const { timing } = peer.context;
  await untilAllAsked(peer, ['ana', 'bia']);
  await untilRepeated(
    peer,
    () => Math.min(infosAsked(peer, 'ana').length, infosAsked(peer, 'bia').length),
    2,
    'have_blocks_info to ana and bia, whose entries are good',
    asksForInfosAgainWithinMs(timing),
  );
  const lists = (): number => peer.tracker.read('get_peers').length;
  await untilRepeated(peer, lists, 3, 'get_peers', asksForPeersWithinMs(timing, 3));
  for (const id of Object.keys(faults)) expectNothingSent(peer, id);
  expectEqual(peer.tracker.seen('register').length, 1, 'registrations:');
}

function expectNothingSent(peer: PeerStage, id: string): void {
  const [first] = peer.peer(id).requests;
  if (first !== undefined) throw new Violation(`no request to the address of a bad entry (${id})`, `a ${first.action}`);
}

const needs = [keyCases.asksNewPeersForBlocks, keyCases.asksForPeers, 'peer.register.once/not-again'];

export const badEntriesCases = [
  peerCase(
    'peer.discovery.bad-entries/at-registration',
    'Every list has entries with wrong ports, no IP literals, bad ids and values that are no objects: the subject uses the two good ones and no other, and registers once.',
    expectOnlyGoodUsed,
    { setup: () => ({ peers: withFaults(), tracker: { draw: (listed) => listed, transformReply: spoil } }), needs },
  ),

  peerCase(
    'peer.discovery.bad-entries/listed-later',
    'The answers to get_peers, not that to the registration, have bad entries: the subject uses the two good ones and no other, and registers once.',
    expectOnlyGoodUsed,
    {
      setup: () => ({
        peers: withFaults('get_peers'),
        tracker: {
          draw: (listed) => listed,
          transformReply: (reply) =>
            reply.kind === 'message' && 'initial_blocks' in reply.message ? reply : spoil(reply),
        },
      }),
      needs: ['peer.discovery.bad-entries/at-registration'],
    },
  ),

  peerCase(
    'peer.discovery.bad-entries/itself',
    'A list has an entry with the id of the subject: it sends nothing there, and refuses block requests under its own id.',
    async (peer) => {
      const [mirror, bia] = [peer.peer('mirror'), peer.peer('bia')];
      peer.tracker.script.draw = (listed) =>
        listed.map((entry) => (entry.peer_id === 'mirror' ? { ...entry, peer_id: peer.subjectId } : entry));
      // Bia comes with the list that names the subject, and is a fixed peer, as she has wanted blocks. Once she is served, the
      // choice was made among those of that list; the subject would be the optimistic peer, as there is no other.
      await untilAllAsked(peer, ['bia']);
      await peer.expectGrant(bia.client, 'bia', 0, 'a grant for bia, who has wanted blocks');
      expectError(
        await bia.client.ask(requestBlock(peer.subjectId, 0)),
        'status "error" for a request under the id of the subject itself',
      );
      expectNothingSent(peer, mirror.id);
    },
    {
      setup: () => ({
        peers: [
          refusingPeer('ana', [2, 3, 4]),
          { ...refusingPeer('bia', [5, 6, 7]), listedBy: 'get_peers' },
          { id: 'mirror', holds: new Set<number>(), listedBy: 'get_peers' },
        ],
      }),
      needs: [keyCases.grants.peer, keyCases.asksForPeers],
    },
  ),
];
