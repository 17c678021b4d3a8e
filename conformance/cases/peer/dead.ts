import type { PeerStage } from '../../stage/peer-stage.ts';
import { reply } from '../../stage/replies.ts';
import type { PeerEntry } from '../../stage/scripted-tracker.ts';
import {
  answerIsReadWithinMs,
  asksForInfosWithinMs,
  finishesWithinMs,
  givesUpSilentExtraMs,
  learnsOfPeersWithinMs,
  repeatsWithinMs,
  reportsDeadWithinMs,
} from '../../time-limits.ts';
import { Violation } from '../../violation.ts';
import { show } from '../../wire/expect.ts';
import { field } from '../../wire/message.ts';
import type { Reply, SeenRequest } from '../../wire/scripted-server.ts';
import { peerCase } from '../case.ts';
import { continuesAfterRegistration, keyCases } from '../key-cases.ts';
import { untilRepeated } from '../swarms.ts';

/** The reports of the subject about other peers, and about itself. */
const reports = (peer: PeerStage): SeenRequest[] => peer.tracker.seen('peer_offline');

/** Peers that answer block requests wrongly, and have_blocks_info rightly. */
const wrongForBlocks = ['garbage-for-blocks', 'another-block'] as const;

async function untilReported(peer: PeerStage, id: string, extraMs = 0): Promise<void> {
  await peer.until(
    () => reports(peer).some(({ body }) => field(body, 'dead_peer_id') === id),
    reportsDeadWithinMs(peer.context.timing) + extraMs,
    `a peer_offline for ${id}, which cannot be connected to`,
    () => show(reports(peer).map(({ body }) => body)),
  );
}

export const deadCases = [
  peerCase(
    'peer.dead.reported/nobody-listens',
    'A listed peer refuses connections: the subject reports it to the tracker with peer_offline.',
    (peer) => untilReported(peer, 'morto'),
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
    'peer.dead.reported/accepts-nothing',
    'A listed peer neither accepts nor refuses connections: the subject reports it to the tracker with peer_offline.',
    (peer) => untilReported(peer, 'mudo', givesUpSilentExtraMs),
    {
      setup: () => ({
        peers: [
          { id: 'ana', holds: new Set() },
          { id: 'mudo', holds: new Set(), acceptsNothing: true },
        ],
      }),
      needs: ['peer.dead.reported/nobody-listens'],
    },
  ),

  peerCase(
    'peer.dead.only-unreachable/wrong-answers',
    'Peers answer with garbage, with errors, with a close, and with other blocks than were asked for: the subject reports none of them.',
    async (peer) => {
      for (const { id } of peer.peers) {
        const asked = (): boolean => peer.peer(id).seen('have_blocks_info').length > 0;
        const limitMs = asksForInfosWithinMs(peer.context.timing);
        await peer.until(asked, limitMs, `a have_blocks_info to ${id}`, () => 'none');
      }
      // It may go to the tracker, which refuses, before it asks one of those that answer such a request wrongly.
      const { timing, transcript } = peer.context;
      const isAsked = (): boolean => wrongForBlocks.some((id) => peer.peer(id).seen('request_block').length > 0);
      await transcript.watch.until(() => isAsked() || peer.program.exit !== undefined, finishesWithinMs(timing, 2));
      const before = peer.peer('ana').seen('have_blocks_info').length;
      const sent = (): number => peer.peer('ana').seen('have_blocks_info').length - before;
      await untilRepeated(peer, sent, 4, 'have_blocks_info to ana', repeatsWithinMs(peer.context.timing, 4));
      const reported = reports(peer).map(({ body }) => field(body, 'dead_peer_id'));
      const [wrong] = reported.filter((id) => peer.peers.some((one) => one.id === id));
      if (wrong !== undefined)
        throw new Violation('no peer_offline about a peer that can be connected to', `one about ${show(wrong)}`);
    },
    {
      setup: () => {
        const answering = (id: string, answer: Reply, to: (action: string) => boolean = () => true) => ({
          id,
          holds: new Set([2, 3]),
          specialReply: ({ action }: SeenRequest): Reply | undefined => (to(action) ? answer : undefined),
        });
        const garbage: Reply = { kind: 'raw', bytes: Buffer.from('oops') };
        const isBlock = (action: string): boolean => action === 'request_block';
        return {
          peers: [
            answering('garbage', garbage),
            answering('errors', reply({ status: 'error', reason: 'no' })),
            answering('closes', { kind: 'close' }),
            answering(wrongForBlocks[0], garbage, isBlock),
            answering(wrongForBlocks[1], reply({ status: 'success', block_index: 6, block_data: 'x' }), isBlock),
            { id: 'ana', holds: new Set<number>() },
          ],
          tracker: { draw: (listed: readonly PeerEntry[]) => listed },
        };
      },
      needs: ['peer.dead.reported/nobody-listens', 'peer.discovery.infos-periodic/while-incomplete'],
    },
  ),

  peerCase(
    'peer.dead.relearned/at-another-port',
    'A peer that was dropped is listed again, at a port where it listens.',
    async (peer) => {
      await untilReported(peer, 'morto');
      peer.tracker.script.draw = (listed) =>
        listed
          .filter(({ peer_id }) => peer_id !== 'morto')
          .map((entry) => (entry.peer_id === 'returned' ? { ...entry, peer_id: 'morto' } : entry));
      const asked = (id: string): boolean => peer.peer(id).seen('have_blocks_info').length > 0;
      const { timing, transcript } = peer.context;
      await peer.until(
        () => asked('new'),
        learnsOfPeersWithinMs(timing) + asksForInfosWithinMs(timing),
        'a have_blocks_info to a new peer',
        () => 'none',
      );
      const isRelearned = await transcript.watch.until(() => asked('returned'), answerIsReadWithinMs);
      return isRelearned ? 'learns of a dropped peer again' : 'does not learn of a dropped peer again';
    },
    {
      setup: () => ({
        peers: [
          { id: 'ana', holds: new Set<number>() },
          { id: 'morto', holds: new Set<number>(), refusesConnections: true },
          { id: 'returned', holds: new Set<number>(), listedBy: 'get_peers' },
          { id: 'new', holds: new Set<number>(), listedBy: 'get_peers' },
        ],
        tracker: {
          draw: (listed) => listed.filter(({ peer_id }) => peer_id !== 'returned' && peer_id !== 'new'),
        },
      }),
      needs: ['peer.dead.reported/nobody-listens', keyCases.asksForPeers],
    },
  ),
];
