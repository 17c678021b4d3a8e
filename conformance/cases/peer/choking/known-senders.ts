import { peerCase } from '../../case.ts';
import { expectEqual, expectSuccess, show } from '../../../wire/expect.ts';
import { withhold } from '../../../stage/replies.ts';
import { sampleBlocks } from '../../../stage/sample-blocks.ts';
import { refusingPeer, type PeerScript } from '../../../stage/scripted-peer.ts';
import { Violation } from '../../../violation.ts';
import { field } from '../../../wire/message.ts';
import { haveBlocksInfo } from '../../../wire/requests.ts';
import { blockIndex } from '../selection-swarm.ts';
import { finishesWithinMs } from '../../../time-limits.ts';

const SERVES = 'peer.request-block.serves/initial-block';

const oddIds = ['__proto__', 'joão "ção" \u{1f600}', 'x'.repeat(1_000), ' '];

/** How often the rationing peer gives a block; it refuses more. */
const rationMs = 1_000;
const BLOCKS = 40;

/** A peer that holds everything and gives a block a second, whichever is asked for, so that the subject gets on slowly. */
function rationing(id: string): PeerScript {
  let nextMs = 0;
  return {
    id,
    holds: new Set(Array.from({ length: BLOCKS }).keys()),
    specialReply: ({ action, body }) => {
      if (action !== 'request_block') return undefined;
      if (performance.now() < nextMs) return withhold(field(body, 'block_index'), 'Choked or block unavailable');
      nextMs = performance.now() + rationMs;
      return undefined;
    },
  };
}

export const peerKnownSenderCases = [
  peerCase(
    'peer.have-blocks.truth/one-more',
    'The same peer asks which blocks there are, then the subject gets one more, then it asks again: that one is there too.',
    async (peer) => {
      const ana = peer.peer('ana');
      const { client } = ana;
      const heldNow = async (): Promise<boolean[]> =>
        field(expectSuccess(await client.ask(haveBlocksInfo('ana'))), 'blocks_info') as boolean[];
      const before = await heldNow();
      const given = (): number | undefined =>
        ana
          .seen('request_block')
          .filter(({ answer }) => field(answer, 'status') === 'success')
          .map(blockIndex)
          .find((index) => before[index] !== true);
      await peer.until(
        () => given() !== undefined,
        finishesWithinMs(peer.context.timing, 2),
        'a request for a block to ana',
        () => 'none',
      );
      const index = given() ?? 0;
      if ((await peer.grants(client, 'ana', index)) === undefined) {
        throw new Violation(`block ${index}, which ana gave it, for ana`, 'nothing but refusals');
      }
      expectEqual((await heldNow())[index], true, `block ${index}, which it has just served, in blocks_info`);
    },
    {
      setup: () => ({ blocks: sampleBlocks(BLOCKS), peers: [rationing('ana')] }),
      needs: ['peer.have-blocks.truth/two-of-eight', 'peer.file.exact/from-a-peer'],
    },
  ),

  peerCase(
    'peer.request-block.serves/odd-ids',
    'Four known peers contribute, whose ids are odd, not ASCII, long, a space: all are served.',
    async (peer) => {
      for (const { id, client } of peer.peers) {
        const granted = await peer.grants(client, id, 0);
        if (granted === undefined) throw new Violation(`block 0 for ${show(id)}`, 'nothing but refusals');
      }
    },
    { setup: () => ({ peers: oddIds.map((id) => refusingPeer(id, [2, 3])) }), needs: [SERVES] },
  ),
];
