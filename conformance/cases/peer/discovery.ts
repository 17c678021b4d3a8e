import type { PeerStage } from '../../stage/peer-stage.ts';
import { reply } from '../../stage/replies.ts';
import { refusingPeer } from '../../stage/scripted-peer.ts';
import {
  asksForInfosAgainWithinMs,
  asksForInfosWithinMs,
  asksForPeersWithinMs,
  goesOnWithinMs,
  learnsOfPeersWithinMs,
  repeatsWithinMs,
} from '../../time-limits.ts';
import { show } from '../../wire/expect.ts';
import type { Reply, SeenRequest } from '../../wire/scripted-server.ts';
import { peerCase } from '../case.ts';
import { continuesAfterRegistration, keyCases } from '../key-cases.ts';
import { recordOffPeriod } from '../off-period.ts';
import { notRegistered, replaceNthPeerList, untilRepeated } from '../swarms.ts';

/** How many get_peers tell that a peer asks periodically. */
const manyRequests = 8;

/** The have_blocks_info that the subject has sent to a scripted peer. */
const infosAsked = (peer: PeerStage, id: string): SeenRequest[] => peer.peer(id).seen('have_blocks_info');

const sentAtMs = (requests: readonly SeenRequest[]): number[] => requests.map(({ atMs }) => atMs);

/** Waits for four get_peers, even if something went wrong at first. */
async function untilFourGetPeers(peer: PeerStage): Promise<void> {
  const sent = (): number => peer.tracker.seen('get_peers').length;
  await untilRepeated(peer, sent, 4, 'get_peers', repeatsWithinMs(peer.context.timing, 4));
}

/** Waits for four have_blocks_info to ana, even if something went wrong at first. */
async function untilFourInfos(peer: PeerStage): Promise<void> {
  const sent = (): number => infosAsked(peer, 'ana').length;
  await untilRepeated(peer, sent, 4, 'have_blocks_info to ana', repeatsWithinMs(peer.context.timing, 4));
}

/** Waits until the subject has asked each scripted peer for its blocks. */
async function untilAllAsked(peer: PeerStage): Promise<void> {
  for (const { id } of peer.peers) {
    await peer.until(
      () => infosAsked(peer, id).length > 0,
      asksForInfosWithinMs(peer.context.timing),
      `a have_blocks_info to ${show(id)}`,
      () => `none; the subject has sent ${show(peer.requests().map(({ action, to }) => `${action} to ${to}`))}`,
    );
  }
}

const sixIds = ['ana', 'bia', 'caio', 'davi', 'eva', 'fabio'];

export const discoveryCases = [
  peerCase(
    'peer.discovery.periodic/anything-at-all',
    'A peer has registered and is incomplete: within an interval it sends another request, to the tracker or a peer.',
    async (peer) => {
      const hasSent = (): boolean => peer.requests().some(({ action }) => action !== 'register');
      const expected = 'a request after the registration';
      await peer.until(hasSent, goesOnWithinMs(peer.context.timing), expected, () => 'none');
    },
  ),

  peerCase(
    'peer.discovery.periodic/while-incomplete',
    'A peer stays incomplete: it sends get_peers again and again, at least once per interval.',
    async (peer) => {
      const sent = (): number => peer.tracker.seen('get_peers').length;
      const timeoutMs = asksForPeersWithinMs(peer.context.timing, manyRequests);
      await untilRepeated(peer, sent, manyRequests, 'get_peers', timeoutMs);
      recordOffPeriod(peer, 'get_peers', sentAtMs(peer.tracker.seen('get_peers')));
    },
    { needs: continuesAfterRegistration },
  ),

  peerCase(
    'peer.discovery.periodic/after-an-early-close',
    'The tracker closes instead of answering the first get_peers: the peer sends get_peers again and again.',
    untilFourGetPeers,
    {
      setup: () => ({ tracker: { transformReply: replaceNthPeerList(1, { kind: 'close' }) } }),
      needs: [keyCases.asksForPeers],
    },
  ),

  peerCase(
    'peer.discovery.periodic/after-an-error',
    'The tracker answers a get_peers with an error, as to a peer that is not registered: the peer sends get_peers again and again.',
    untilFourGetPeers,
    {
      setup: () => ({ tracker: { transformReply: replaceNthPeerList(2, notRegistered) } }),
      needs: [keyCases.asksForPeers],
    },
  ),

  peerCase(
    'peer.discovery.periodic/six-known',
    'The answer to the registration lists six peers, and the download continues: the peer sends get_peers again and again.',
    untilFourGetPeers,
    { setup: () => ({ peers: sixIds.map((id) => refusingPeer(id, [2, 3])) }), needs: [keyCases.asksForPeers] },
  ),

  peerCase(
    'peer.discovery.infos-on-learning/listed-at-registration',
    'The answer to the registration lists three peers: the subject asks each for its blocks.',
    untilAllAsked,
    {
      setup: () => ({
        peers: ['ana', 'bia', 'caio'].map((id) => ({ id, holds: new Set<number>() })),
        longInfos: true,
      }),
      needs: continuesAfterRegistration,
    },
  ),

  peerCase(
    'peer.discovery.infos-on-learning/odd-ids',
    'The tracker lists peers whose ids are names of JavaScript and Python, a path, a text: the subject asks each for its blocks.',
    untilAllAsked,
    {
      setup: () => ({
        peers: ['__proto__', 'constructor', '__class__', '../../x', 'joão "ção" \u{1f600}'].map((id) => ({
          id,
          holds: new Set<number>(),
        })),
        longInfos: true,
      }),
      needs: [keyCases.asksNewPeersForBlocks, keyCases.readsNonAscii.client],
    },
  ),

  peerCase(
    'peer.discovery.infos-on-learning/listed-later',
    'Only get_peers lists a peer, after the registration: the subject asks it for its blocks.',
    async (peer) => {
      const asked = (): boolean => infosAsked(peer, 'bia').length > 0;
      await peer.until(
        () => peer.tracker.seen('get_peers').length > 0,
        learnsOfPeersWithinMs(peer.context.timing),
        'a get_peers',
        () => 'none',
      );
      const timeoutMs = learnsOfPeersWithinMs(peer.context.timing);
      await peer.until(asked, timeoutMs, 'a have_blocks_info to bia, which get_peers lists', () => 'none');
    },
    {
      setup: () => ({
        peers: [
          { id: 'ana', holds: new Set() },
          { id: 'bia', holds: new Set(), listedBy: 'get_peers' },
        ],
        longInfos: true,
      }),
      needs: [keyCases.asksForPeers],
    },
  ),

  peerCase(
    'peer.discovery.infos-periodic/while-incomplete',
    'A peer stays incomplete: it asks a known peer for its blocks again and again.',
    async (peer) => {
      const sent = (): number => infosAsked(peer, 'ana').length;
      for (let n = 1; n <= 3; n += 1) {
        await peer.until(
          () => sent() >= n,
          asksForInfosAgainWithinMs(peer.context.timing),
          `have_blocks_info number ${n} to ana`,
          () => `${sent()} so far`,
        );
      }
      recordOffPeriod(peer, 'have_blocks_info', sentAtMs(infosAsked(peer, 'ana')));
    },
    { needs: [keyCases.asksNewPeersForBlocks, ...continuesAfterRegistration] },
  ),

  peerCase(
    'peer.discovery.infos-periodic/after-an-error',
    'A peer answers the first have_blocks_info with an error: the subject asks it again and again.',
    untilFourInfos,
    {
      setup: () => {
        let isFirst = true;
        const specialReply = ({ action }: SeenRequest): Reply | undefined => {
          if (action !== 'have_blocks_info' || !isFirst) return undefined;
          isFirst = false;
          return reply({ status: 'error', reason: 'not yet' });
        };
        return { peers: [{ id: 'ana', holds: new Set<number>(), specialReply }] };
      },
      needs: ['peer.discovery.infos-periodic/while-incomplete'],
    },
  ),

  peerCase(
    'peer.discovery.infos-periodic/beside-a-dead-peer',
    'One of two listed peers refuses connections: the subject asks the other for its blocks again and again.',
    untilFourInfos,
    {
      setup: () => ({
        peers: [
          { id: 'morto', holds: new Set<number>(), refusesConnections: true },
          { id: 'ana', holds: new Set<number>() },
        ],
      }),
      needs: ['peer.discovery.infos-periodic/while-incomplete', 'peer.dead.goes-on/nobody-listens'],
    },
  ),
];
