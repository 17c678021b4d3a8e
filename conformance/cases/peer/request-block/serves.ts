import type { PeerSetup, PeerStage } from '../../../stage/peer-stage.ts';
import { withhold } from '../../../stage/replies.ts';
import { sampleBlocks } from '../../../stage/sample-blocks.ts';
import { refusingPeer } from '../../../stage/scripted-peer.ts';
import { answersUnderLoadWithinMs, grantsWithinMs } from '../../../time-limits.ts';
import { Violation } from '../../../violation.ts';
import { expectEqual, expectSuccess, show } from '../../../wire/expect.ts';
import { field, type JsonObject } from '../../../wire/message.ts';
import { requestBlock } from '../../../wire/requests.ts';
import { peerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { trackerWithAll } from '../../swarms.ts';
import { expectGranted } from '../request-block.ts';

/** The subject has these blocks of 16, and keeps four peers unchoked, since each of them has blocks that it wants. */
const held = [0, 1, 2, 3, 4, 5, 6, 7];
const rounds = 5;

function fourContributors(): PeerSetup {
  const blocks = sampleBlocks(16);
  const others = [...blocks.keys()].filter((index) => !held.includes(index));
  return {
    blocks,
    peers: ['ana', 'bia', 'caio', 'davi'].map((id) => refusingPeer(id, others)),
    tracker: { initialBlocks: held },
  };
}

/** Sends requests for all blocks that the subject has at once, and judges the blocks that it grants. */
async function expectNoneMixedUp(peer: PeerStage): Promise<void> {
  for (const index of held) await expectGranted(peer, index);
  for (let round = 0; round < rounds; round += 1) {
    const asked = held.flatMap((index) => peer.peers.map((other) => ({ index, other })));
    await Promise.all(
      asked.map(async ({ index, other }) => {
        const { value } = await other.client.ask(requestBlock(other.id, index), {
          timeoutMs: answersUnderLoadWithinMs,
        });
        if (field(value, 'status') !== 'success') return;
        const isRight = field(value, 'block_index') === index && field(value, 'block_data') === peer.blocks[index];
        if (!isRight) throw new Violation(`block ${index} for a request among ${asked.length} at once`, show(value));
      }),
    );
  }
}

/** A block of text of 9 MiB: whatever a buffer or a limit of 8 MiB holds is less. */
const largeBlock = (): string => ''.padEnd(9 << 20, sampleBlocks(1).join(''));

/** The answer to the request for block 0, once it is granted. */
async function largeAnswer(peer: PeerStage): Promise<JsonObject> {
  const { timing, transcript } = peer.context;
  const deadlineMs = transcript.nowMs() + grantsWithinMs(timing) + answersUnderLoadWithinMs;
  const isOver = (): boolean => transcript.nowMs() > deadlineMs || peer.program.exit !== undefined;
  for (;;) {
    const answer = await peer.client.ask(requestBlock(peer.known, 0), { timeoutMs: answersUnderLoadWithinMs });
    if (field(answer.value, 'status') === 'success' || isOver())
      return expectSuccess(answer, 'success for a block of 9 MiB');
    await transcript.watch.until(isOver, timing.unchokeMs / 2);
  }
}

export const requestBlockServesCases = [
  peerCase(
    'peer.request-block.serves/empty-block',
    'The only known peer asks for a block of the subject that is empty: the subject serves it.',
    async (peer) => {
      for (const index of [0, 1]) {
        expectEqual(field(await expectGranted(peer, index), 'block_data'), peer.blocks[index], 'block_data');
      }
    },
    {
      setup: () => ({ blocks: sampleBlocks(8).map((text, index) => (index === 1 ? '' : text)) }),
      needs: [keyCases.serves.peer],
    },
  ),

  peerCase(
    'peer.request-block.serves/many-at-once',
    'Four unchoked peers ask for eight blocks each, all at once and several times: each gets the blocks that it asks for.',
    expectNoneMixedUp,
    { setup: fourContributors, needs: [keyCases.serves.peer] },
  ),

  peerCase(
    'peer.request-block.serves/large',
    'The only known peer asks for a block of 9 MiB that the subject has: the subject sends the whole block.',
    async (peer) => {
      await expectGranted(peer, 1);
      const data = field(await largeAnswer(peer), 'block_data');
      const text = peer.blocks[0] ?? '';
      const actual = typeof data === 'string' ? `block_data of ${data.length} characters` : show(data);
      if (data !== text) throw new Violation(`the text of ${text.length} characters`, actual);
    },
    {
      setup: () => {
        const blocks = [largeBlock(), ...sampleBlocks(3)];
        const tracker = { ...trackerWithAll(blocks), initialBlocks: [0, 1] };
        return {
          blocks,
          peers: [refusingPeer('ana', [2, 3])],
          tracker: { ...tracker, block: (index) => (index < 2 ? tracker.block(index) : withhold(index)) },
        };
      },
      needs: [keyCases.serves.peer, 'wire.size.client-takes-any-response/16-mib-block'],
    },
  ),
];
