import type { PeerStage } from '../../../stage/peer-stage.ts';
import { askBlocksInfo } from '../../../stage/peer-requests.ts';
import { withhold } from '../../../stage/replies.ts';
import { announcesWithinMs, finishesWithinMs } from '../../../time-limits.ts';
import { Violation } from '../../../violation.ts';
import { field } from '../../../wire/message.ts';
import type { Reply, SeenRequest } from '../../../wire/scripted-server.ts';
import { peerCase } from '../../case.ts';
import { blockIndex } from '../../swarms.ts';
import { toAll } from './announced.ts';

/** Ana serves these one after the other, each some time after the one before, and refuses the rest. */
const served = [2, 3, 4, 5];

/** Asks the subject for its blocks whenever it announces one to bia: the block must be among them. */
async function expectHasWhatItAnnounces(peer: PeerStage): Promise<void> {
  const { timing } = peer.context;
  const bia = peer.peer('bia');
  for (let n = 0; n < served.length; n += 1) {
    const next = (): SeenRequest | undefined =>
      bia.seen('announce_block').filter((request) => served.includes(blockIndex(request)))[n];
    const expected = `announcement number ${n + 1} of a block of ana`;
    await peer.until(
      () => next() !== undefined,
      finishesWithinMs(timing, peer.blocks.length) + announcesWithinMs(timing),
      expected,
      () => 'none',
    );
    const index = blockIndex(next() as SeenRequest);
    const info = await askBlocksInfo(bia.client, 'bia', 'a success to the have_blocks_info after an announcement');
    if (!Array.isArray(info) || info[index] !== true)
      throw new Violation(`blocks_info that shows block ${index}, which it has announced`, JSON.stringify(info));
  }
}

export const servableCases = [
  peerCase(
    'peer.announces.servable/asked-at-once',
    'A peer asks the subject for its blocks as soon as it has an announcement: blocks_info shows the announced block.',
    expectHasWhatItAnnounces,
    {
      setup: () => {
        const specialReply = ({ action, body }: SeenRequest): Reply | undefined => {
          const index = field(body, 'block_index');
          return action === 'request_block' && !served.includes(Number(index)) ? withhold(index) : undefined;
        };
        return {
          peers: [
            { id: 'ana', holds: new Set([...served, 6, 7]), specialReply, answerAfterMs: 100 },
            { id: 'bia', holds: new Set<number>() },
          ],
        };
      },
      needs: [toAll, 'peer.have-blocks.shape/success'],
    },
  ),
];
