import { grant, reply, withhold } from '../../../stage/replies.ts';
import { sampleBlocks } from '../../../stage/sample-blocks.ts';
import type { Reply } from '../../../wire/scripted-server.ts';
import { peerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { noOtherPeer } from '../../swarms.ts';

/** The tracker answers the first request for each of these blocks otherwise than by the block. */
const wrongAt = (index: number): Reply => {
  const wrong: readonly Reply[] = [
    withhold(index),
    reply({ status: 'success', block_index: index + 1, block_data: 'WRONG' }),
    { kind: 'raw', bytes: Buffer.from('500 Internal Server Error\r\n\r\n') },
    { kind: 'close' },
  ];
  return wrong[index % wrong.length] ?? { kind: 'close' };
};

/** A tracker without other peers, which gives a block only to the second request for it. */
function secondTime(initialBlocks: readonly number[]) {
  const blocks = sampleBlocks(4);
  const asked = new Set<number>();
  const block = (index: number): Reply => {
    if (asked.has(index)) return grant(index, blocks);
    asked.add(index);
    return wrongAt(index);
  };
  return { ...noOtherPeer(blocks), tracker: { initialBlocks, block } };
}

const what = 'an error, another block, bytes that are not JSON, and nothing';

export const wrongTrackerAnswersCases = [
  peerCase(
    'peer.wrong-answers.tracker/any-block',
    `The tracker answers the first request for each of four blocks with ${what}: the subject asks again, and writes the right file.`,
    (peer) => peer.complete({ file: 'contents' }),
    { setup: () => secondTime([]), needs: [keyCases.writesContents] },
  ),

  peerCase(
    'peer.wrong-answers.tracker/initial-blocks',
    `The tracker designates four blocks, and answers the first request for each with ${what}: the subject asks again, and writes the right file.`,
    (peer) => peer.complete({ file: 'contents' }),
    {
      setup: () => secondTime([0, 1, 2, 3]),
      needs: ['peer.wrong-answers.tracker/any-block', 'file.initial-data.not-needed/every-block-designated'],
    },
  ),
];
