import type { PeerStage } from '../../../stage/peer-stage.ts';
import { grant } from '../../../stage/replies.ts';
import { announcesWithinMs } from '../../../time-limits.ts';
import { Violation } from '../../../violation.ts';
import { show } from '../../../wire/expect.ts';
import { peerCase } from '../../case.ts';
import { notRegistered, replaceNthPeerList } from '../../swarms.ts';
import { anaHasThree, announced, answerAfterMs, lastBlock, toAll } from './announced.ts';

async function expectAnnouncedOnce(peer: PeerStage): Promise<void> {
  await peer.complete();
  // By the time of the last announcement all others have arrived, if it comes; whether it does is for another clause.
  const last = lastBlock(peer);
  await peer.context.transcript.watch.until(
    () => announced(peer, 'bia').has(last),
    announcesWithinMs(peer.context.timing),
  );
  for (const { id } of peer.peers) {
    const twice = [...announced(peer, id)].filter(([, count]) => count > 1).map(([index]) => index);
    if (twice.length > 0)
      throw new Violation(`one announcement per block to ${id}`, `several for blocks ${show(twice)}`);
  }
}

export const onceCases = [
  peerCase(
    'peer.announces.once/two-peers',
    'The subject gets blocks from a peer and from the tracker: it announces each block once to each of two peers.',
    expectAnnouncedOnce,
    { setup: anaHasThree, needs: ['wire.exchange.one-request/servers-that-close', toAll] },
  ),

  peerCase(
    'peer.announces.once/after-an-error',
    'The tracker answers a get_peers with an error, so that the subject may register again: the subject announces each block once to each of two peers.',
    expectAnnouncedOnce,
    {
      setup: () => {
        const { blocks, peers } = anaHasThree();
        return {
          blocks,
          peers: peers.map((one) => ({ ...one, answerAfterMs })),
          tracker: {
            block: (index) => grant(index, blocks, answerAfterMs),
            transformReply: replaceNthPeerList(2, notRegistered),
          },
        };
      },
      needs: [toAll, 'peer.discovery.periodic/after-an-error'],
    },
  ),
];
