import { learnsOfPeersWithinMs } from '../../../time-limits.ts';
import { peerCase } from '../../case.ts';
import { continuesAfterRegistration, keyCases } from '../../key-cases.ts';
import { infosAsked, untilAllAsked } from './infos.ts';

export const infosOnLearningCases = [
  peerCase(
    'peer.discovery.infos-on-learning/listed-at-registration',
    'The answer to the registration lists three peers: the subject asks each for its blocks.',
    (peer) => untilAllAsked(peer),
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
    (peer) => untilAllAsked(peer),
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
    'peer.discovery.infos-on-learning/thirty-listed',
    'The answer to the registration lists thirty peers: the subject asks each for its blocks.',
    (peer) => untilAllAsked(peer),
    {
      setup: () => ({
        peers: Array.from({ length: 30 }, (_, n) => ({ id: `peer-${n}`, holds: new Set<number>() })),
        longInfos: true,
      }),
      needs: [keyCases.asksNewPeersForBlocks],
    },
  ),

  peerCase(
    'peer.discovery.infos-on-learning/ipv6',
    'The answer to the registration lists a peer with an IPv6 literal, and one with an IPv4 address written in IPv6: the subject asks each for its blocks.',
    (peer) => untilAllAsked(peer),
    {
      setup: () => ({
        peers: [
          { id: 'ana', holds: new Set<number>() },
          { id: 'bia', holds: new Set<number>(), ip: '::1' },
          { id: 'caio', holds: new Set<number>(), ip: '::ffff:127.0.0.1' },
        ],
        longInfos: true,
      }),
      needs: [keyCases.asksNewPeersForBlocks],
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
];
