import { peerCase } from '../case.ts';
import { expectEqual, expectSuccess, show } from '../expect.ts';
import type { PeerStage } from '../stage/peer-stage.ts';
import { sampleBlocks } from '../stage/sample-text.ts';
import { miser } from '../stage/scripted-peer.ts';
import { Violation } from '../violation.ts';
import { field } from '../wire/message.ts';
import { announceBlock, haveBlocksInfo } from '../wire/requests.ts';

const SERVES = 'peer.request-block.serves/initial-block';

/** A block that nobody has at first. */
const LATE = 2;

const ODD_IDS = ['__proto__', 'joão "ção" \u{1f600}', 'x'.repeat(1_000), ' '];

async function expectInfo(peer: PeerStage, held: readonly number[]): Promise<void> {
  for (const index of held) {
    const granted = await peer.grants(peer.client, peer.known, index);
    if (granted === undefined) throw new Violation(`block ${index} within an interval`, 'nothing but refusals');
  }
  const message = expectSuccess(await peer.client.ask(haveBlocksInfo(peer.known)));
  const expected = peer.blocks.map((_, index) => held.includes(index));
  expectEqual(field(message, 'blocks_info'), expected, 'blocks_info');
}

export const peerKnownSenderCases = [
  peerCase(
    'peer.have-blocks.truth/one-more',
    'The same peer asks which blocks there are, then the subject gets one more, then it asks again: that one is there too.',
    async (peer) => {
      const ana = peer.peer('ana');
      await expectInfo(peer, [0, 1]);
      ana.script.holds.add(LATE);
      expectSuccess(await ana.client.ask(announceBlock('ana', LATE)), 'success for an announcement');
      await expectInfo(peer, [0, 1, LATE]);
    },
    {
      // Few blocks that nobody has, and time to ask the tracker for them in vain: a subject may do that first.
      setup: () => ({
        blocks: sampleBlocks(4),
        peers: [{ id: 'ana', holds: new Set() }],
        intervals: { unchokeMs: 2_000 },
      }),
      needs: ['peer.have-blocks.truth/two-of-eight', 'peer.announce.counts-holder/asked-for-it'],
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
    { setup: () => ({ peers: ODD_IDS.map((id) => miser(id, [2, 3])) }), needs: [SERVES] },
  ),
];
