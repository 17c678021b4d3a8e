import type { PeerStage } from '../../../stage/peer-stage.ts';
import { reply } from '../../../stage/replies.ts';
import { asksForInfosAgainWithinMs, repeatsWithinMs } from '../../../time-limits.ts';
import type { Reply, SeenRequest } from '../../../wire/scripted-server.ts';
import { peerCase } from '../../case.ts';
import { continuesAfterRegistration, keyCases } from '../../key-cases.ts';
import { recordOffPeriod } from '../../off-period.ts';
import { untilRepeated } from '../../swarms.ts';
import { infosAsked } from './infos.ts';

/** Waits for four have_blocks_info to ana, even if something went wrong at first. */
async function untilFourInfos(peer: PeerStage): Promise<void> {
  const sent = (): number => infosAsked(peer, 'ana').length;
  await untilRepeated(peer, sent, 4, 'have_blocks_info to ana', repeatsWithinMs(peer.context.timing, 4));
}

export const infosPeriodicCases = [
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
      recordOffPeriod(
        peer,
        'have_blocks_info',
        infosAsked(peer, 'ana').map(({ atMs }) => atMs),
      );
    },
    { needs: [keyCases.asksNewPeersForBlocks, ...continuesAfterRegistration] },
  ),

  peerCase(
    'peer.discovery.infos-periodic/ten-known',
    'Ten peers are known: the subject asks each for its blocks again.',
    async (peer) => {
      for (const { id } of peer.peers) {
        const sent = (): number => infosAsked(peer, id).length;
        await untilRepeated(peer, sent, 2, `have_blocks_info to ${id}`, asksForInfosAgainWithinMs(peer.context.timing));
      }
    },
    {
      setup: () => ({ peers: Array.from({ length: 10 }, (_, n) => ({ id: `peer-${n}`, holds: new Set<number>() })) }),
      needs: ['peer.discovery.infos-periodic/while-incomplete', 'peer.discovery.infos-on-learning/thirty-listed'],
    },
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
