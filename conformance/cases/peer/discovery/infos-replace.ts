import type { PeerStage } from '../../../stage/peer-stage.ts';
import { grant, reply } from '../../../stage/replies.ts';
import { sampleBlocks } from '../../../stage/sample-blocks.ts';
import {
  asksForEachWithinMs,
  asksForInfosAgainWithinMs,
  asksForInfosWithinMs,
  finishesWithinMs,
} from '../../../time-limits.ts';
import { TimedViolation } from '../../../violation.ts';
import { show } from '../../../wire/expect.ts';
import { answerReadAtMs } from '../../../wire/answer-read.ts';
import { field } from '../../../wire/message.ts';
import type { Reply, SeenRequest } from '../../../wire/scripted-server.ts';
import { peerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { blockIndex, untilRead } from '../../swarms.ts';
import { infosAsked } from './infos.ts';

/** The blocks that ana has at first, and the one that she has later. */
const lost = [2, 4];
const gained = 3;

/** So short that the subject has asked everybody for each block long before the interval is over. */
const refusedAfterMs = 20;

const refusal = (index: unknown): Reply =>
  reply({ status: 'error', block_index: index, reason: 'not now' }, refusedAfterMs);

/** Everybody refuses these blocks, and bia always has them: nothing but what ana has decides on what she is asked for. */
const allRefused = () => {
  const blocks = sampleBlocks(5);
  const specialReply = ({ action, body }: SeenRequest): Reply | undefined =>
    action === 'request_block' ? refusal(field(body, 'block_index')) : undefined;
  return {
    blocks,
    peers: [
      { id: 'ana', holds: new Set(lost), specialReply },
      { id: 'bia', holds: new Set([...lost, gained]), specialReply },
    ],
    tracker: { block: (index: number) => (index < 2 ? grant(index, blocks) : refusal(index)) },
    intervals: { unchokeMs: 1_000 },
  };
};

/** Waits until the subject has learned what ana has, and has asked her for a block. */
async function untilAsked(peer: PeerStage): Promise<void> {
  const ana = peer.peer('ana');
  await untilRead(peer, ana, 'have_blocks_info', asksForInfosWithinMs(peer.context.timing));
  await peer.until(
    () => asked(peer, lost).length > 0,
    finishesWithinMs(peer.context.timing, peer.blocks.length),
    `a request for block ${lost.join(' or ')} to ana`,
    () => 'none',
  );
}

const asked = (peer: PeerStage, indices: readonly number[]): SeenRequest[] =>
  peer
    .peer('ana')
    .seen('request_block')
    .filter((request) => indices.includes(blockIndex(request)));

async function untilGainedIsAsked(peer: PeerStage): Promise<void> {
  const { timing } = peer.context;
  await peer.until(
    () => asked(peer, [gained]).length > 0,
    asksForInfosAgainWithinMs(timing) + finishesWithinMs(timing, peer.blocks.length),
    `a request for block ${gained} to ana, whose blocks_info shows it now`,
    () => `requests for blocks ${show(peer.peer('ana').seen('request_block').map(blockIndex))}`,
  );
}

export const infosReplaceCases = [
  peerCase(
    'peer.discovery.infos-replace/more-blocks',
    'A peer has one more block in its second blocks_info, and has announced nothing: the subject asks it for that block.',
    async (peer) => {
      await untilAsked(peer);
      peer.peer('ana').script.holds.add(gained);
      await untilGainedIsAsked(peer);
    },
    { setup: allRefused, needs: ['peer.discovery.infos-periodic/while-incomplete', keyCases.asksHolder] },
  ),

  peerCase(
    'peer.discovery.infos-replace/fewer-blocks',
    'A peer has one block instead of two others in its next two blocks_info: from then on the subject does not ask it for those.',
    async (peer) => {
      const { timing, transcript } = peer.context;
      await untilAsked(peer);
      const { holds } = peer.peer('ana').script;
      holds.clear();
      holds.add(gained);
      const changedAtMs = transcript.nowMs();
      const told = (): SeenRequest[] => infosAsked(peer, 'ana').filter(({ atMs }) => atMs >= changedAtMs);
      const limitMs = asksForInfosAgainWithinMs(timing);
      await peer.until(
        () => told().length > 2,
        3 * limitMs,
        'three more have_blocks_info to ana',
        () => `${told().length}`,
      );
      await untilGainedIsAsked(peer);
      // By the third, the subject has taken in the first. What is not asked for in two intervals is not asked for again.
      const sinceMs = Math.max(answerReadAtMs(told()[1] ?? {}), told()[2]?.atMs ?? Infinity);
      const since = (indices: readonly number[]): number =>
        asked(peer, indices).filter((request) => request.sinceMs > sinceMs).length;
      await transcript.watch.until(() => since(lost) > 0 || since([gained]) >= 2, asksForEachWithinMs(timing, 2));
      if (since(lost) === 0) return;
      throw new TimedViolation(
        `requests to ana for block ${gained} only, as her last two blocks_info show no other`,
        'a request for another',
      );
    },
    { setup: allRefused, needs: ['peer.discovery.infos-replace/more-blocks'] },
  ),
];
