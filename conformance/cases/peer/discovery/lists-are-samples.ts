import type { PeerStage } from '../../../stage/peer-stage.ts';
import { refusingPeer } from '../../../stage/scripted-peer.ts';
import { asksForInfosAgainWithinMs, asksForPeersWithinMs } from '../../../time-limits.ts';
import { peerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { untilRepeated } from '../../swarms.ts';
import { infosAsked, untilAllAsked } from './infos.ts';

/** The answer to the registration lists ana and bia, all later ones only ana. */
const biaIsListedOnce = () => ({
  peers: [refusingPeer('ana', [2, 3, 4]), refusingPeer('bia', [5, 6, 7])],
  tracker: {
    draw: (listed: readonly { peer_id: string; ip: string; port: number }[]) =>
      listed.filter(({ peer_id }) => peer_id !== 'bia'),
  },
});

/** Waits until the subject has read three lists without bia. @returns the time */
async function untilListedNoMore(peer: PeerStage): Promise<number> {
  await untilAllAsked(peer, ['bia']);
  const lists = (): number => peer.tracker.read('get_peers').length;
  await untilRepeated(peer, lists, 3, 'get_peers', asksForPeersWithinMs(peer.context.timing, 3));
  return peer.context.transcript.nowMs();
}

export const listsAreSamplesCases = [
  peerCase(
    'peer.discovery.lists-are-samples/still-asked',
    'A peer is missing from the last three lists: the subject goes on asking it for its blocks.',
    async (peer) => {
      const sinceMs = await untilListedNoMore(peer);
      const later = (): number => infosAsked(peer, 'bia').filter((request) => request.sinceMs > sinceMs).length;
      const timeoutMs = 2 * asksForInfosAgainWithinMs(peer.context.timing);
      await untilRepeated(peer, later, 2, 'have_blocks_info to bia, whom the last lists do not show', timeoutMs);
    },
    { setup: biaIsListedOnce, needs: ['peer.discovery.infos-periodic/while-incomplete', keyCases.asksForPeers] },
  ),

  peerCase(
    'peer.discovery.lists-are-samples/still-served',
    'A peer that has wanted blocks is missing from the last three lists: the subject grants its requests.',
    async (peer) => {
      await untilListedNoMore(peer);
      const { client } = peer.peer('bia');
      await peer.expectGrant(client, 'bia', 0, 'a grant for bia, whom the last lists do not show');
    },
    { setup: biaIsListedOnce, needs: [keyCases.grants.peer, keyCases.asksForPeers] },
  ),
];
