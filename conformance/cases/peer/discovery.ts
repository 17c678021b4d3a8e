import { peerCase } from '../case.ts';
import { show } from '../../wire/expect.ts';
import { grant } from '../../stage/replies.ts';
import { sampleBlocks } from '../../stage/sample-blocks.ts';
import type { PeerStage } from '../../stage/peer-stage.ts';
import { field } from '../../wire/message.ts';
import type { SeenRequest } from '../../wire/scripted-server.ts';
import { goingOn } from './connections.ts';
import {
  asksForInfosAgainWithinMs,
  asksForInfosWithinMs,
  asksForPeersWithinMs,
  learnsOfPeersWithinMs,
  noticesDeathExtraMs,
  reportsDeadWithinMs,
} from '../../time-limits.ts';

const PERIODIC = 'peer.discovery.periodic/while-incomplete';
const onLearning = 'peer.discovery.infos-on-learning/listed-at-registration';

/** How many get_peers are waited for. */
const REQUESTS = 8;

/** The infos that a scripted peer was asked for by the subject. */
function infosAsked(peer: PeerStage, id: string): SeenRequest[] {
  return peer.peer(id).seen('have_blocks_info');
}

export const peerDiscoveryCases = [
  peerCase(
    PERIODIC,
    'A peer stays incomplete: it asks the tracker for peers again and again, at the latest once per interval.',
    async (peer) => {
      const times = (): number => peer.tracker.seen('get_peers').length;
      await peer.until(
        () => times() >= REQUESTS,
        asksForPeersWithinMs(peer.context.timing, REQUESTS),
        `${REQUESTS} get_peers`,
        () => `${times()}`,
      );
    },
    { needs: goingOn },
  ),

  peerCase(
    onLearning,
    'The answer to the registration lists three peers: each is asked for its blocks.',
    async (peer) => {
      for (const { id } of peer.peers) {
        await peer.until(
          () => infosAsked(peer, id).length > 0,
          asksForInfosWithinMs(peer.context.timing),
          `a have_blocks_info to ${id}`,
          () => `none; the subject has sent ${show(peer.requests().map(({ action, to }) => `${action} to ${to}`))}`,
        );
      }
    },
    {
      setup: () => ({
        peers: ['ana', 'bia', 'caio'].map((id) => ({ id, holds: new Set<number>() })),
        intervals: { infoMs: 60_000 },
      }),
      needs: goingOn,
    },
  ),

  peerCase(
    'peer.discovery.infos-on-learning/odd-ids',
    'Peers are listed whose ids are names of JavaScript and Python, a path, a text: each is asked for its blocks.',
    async (peer) => {
      for (const { id } of peer.peers) {
        const asked = (): boolean => infosAsked(peer, id).length > 0;
        await peer.until(
          asked,
          asksForInfosWithinMs(peer.context.timing),
          `a have_blocks_info to ${show(id)}`,
          () => 'none',
        );
      }
    },
    {
      setup: () => ({
        peers: ['__proto__', 'constructor', '__class__', '../../x', 'joão "ção" \u{1f600}'].map((id) => ({
          id,
          holds: new Set<number>(),
        })),
        intervals: { infoMs: 60_000 },
      }),
      needs: [onLearning],
    },
  ),

  peerCase(
    'peer.discovery.infos-on-learning/listed-later',
    'A peer is listed only after the registration, by get_peers: it is asked for its blocks.',
    async (peer) => {
      const asked = (): boolean => infosAsked(peer, 'bia').length > 0;
      await peer.until(
        () => peer.tracker.seen('get_peers').length > 0,
        learnsOfPeersWithinMs(peer.context.timing),
        'a get_peers',
        () => 'none',
      );
      const timeoutMs = learnsOfPeersWithinMs(peer.context.timing);
      await peer.until(asked, timeoutMs, 'a have_blocks_info to bia, whom get_peers lists', () => 'none');
    },
    {
      setup: () => ({
        peers: [
          { id: 'ana', holds: new Set() },
          { id: 'bia', holds: new Set(), listedBy: 'get_peers' },
        ],
        intervals: { infoMs: 60_000 },
      }),
      needs: [PERIODIC],
    },
  ),

  peerCase(
    'peer.discovery.infos-periodic/while-incomplete',
    'A peer stays incomplete: it asks a peer that it knows for its blocks again and again.',
    async (peer) => {
      const times = (): number => infosAsked(peer, 'ana').length;
      for (let n = 1; n <= 3; n += 1) {
        await peer.until(
          () => times() >= n,
          asksForInfosAgainWithinMs(peer.context.timing),
          `have_blocks_info number ${n} to ana`,
          () => `${times()} so far`,
        );
      }
    },
    { needs: [onLearning, ...goingOn] },
  ),

  peerCase(
    'peer.dead.reported/nobody-listens',
    'A listed peer refuses connections: it is reported to the tracker with peer_offline.',
    async (peer) => {
      const reports = (): SeenRequest[] => peer.tracker.seen('peer_offline');
      await peer.until(
        () => reports().some(({ body }) => field(body, 'dead_peer_id') === 'morto'),
        reportsDeadWithinMs(peer.context.timing),
        'a peer_offline for morto, who refuses connections',
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
      needs: [onLearning, ...goingOn],
    },
  ),

  peerCase(
    'peer.dead.goes-on/nobody-listens',
    'A listed peer refuses connections and another one has every block: the download completes.',
    (peer) => peer.complete(),
    {
      setup: () => ({
        peers: [
          { id: 'morto', holds: new Set(), refusesConnections: true },
          { id: 'ana', holds: new Set([2, 3, 4, 5, 6, 7]) },
        ],
      }),
      needs: ['peer.file.exact/from-a-peer'],
    },
  ),

  peerCase(
    'peer.dead.goes-on/holder-dies',
    'The only holder serves one block and is gone then; the tracker has every block: the download completes.',
    async (peer) => {
      const ana = peer.peer('ana');
      // One with many requests in flight may have asked the tracker for all before it heard of what ana has.
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
      needs: ['peer.file.exact/from-a-peer'],
    },
  ),
];
