import type { PeerStage } from '../../../stage/peer-stage.ts';
import { refusingPeer } from '../../../stage/scripted-peer.ts';
import { asksForPeersWithinMs, goesOnWithinMs, repeatsWithinMs } from '../../../time-limits.ts';
import { peerCase } from '../../case.ts';
import { continuesAfterRegistration, keyCases } from '../../key-cases.ts';
import { recordOffPeriod } from '../../off-period.ts';
import { notRegistered, replaceNthPeerList, untilRepeated } from '../../swarms.ts';

/** How many get_peers tell that a peer asks periodically. */
const manyRequests = 8;

/** Waits for four get_peers, even if something went wrong at first. */
async function untilFourGetPeers(peer: PeerStage): Promise<void> {
  const sent = (): number => peer.tracker.seen('get_peers').length;
  await untilRepeated(peer, sent, 4, 'get_peers', repeatsWithinMs(peer.context.timing, 4));
}

const sixIds = ['ana', 'bia', 'caio', 'davi', 'eva', 'fabio'];

export const periodicCases = [
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
      recordOffPeriod(
        peer,
        'get_peers',
        peer.tracker.seen('get_peers').map(({ atMs }) => atMs),
      );
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
];
