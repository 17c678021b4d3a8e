import { grant, reply } from '../../../stage/replies.ts';
import { sampleBlocks } from '../../../stage/sample-blocks.ts';
import { givesUpSilentExtraMs } from '../../../time-limits.ts';
import type { Reply, SeenRequest } from '../../../wire/scripted-server.ts';
import { peerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { blockIndex, lyingPeer } from '../../swarms.ts';

const raw = (text: string): Reply => ({ kind: 'raw', bytes: Buffer.from(text) });

interface WrongAnswer {
  readonly name: string;
  readonly what: string;
  readonly answer: (request: SeenRequest) => Reply;
}

const wrongAnswers: readonly WrongAnswer[] = [
  { name: 'error', what: 'an error without a reason', answer: () => reply({ status: 'error' }) },
  {
    name: 'error-with-data',
    what: 'an error that has block_data',
    answer: (request) => reply({ status: 'error', block_index: blockIndex(request), block_data: 'WRONG' }),
  },
  {
    name: 'other-status',
    what: 'a status that is neither success nor error',
    answer: (request) => reply({ status: 'pending', block_index: blockIndex(request), block_data: 'WRONG' }),
  },
  {
    name: 'other-block',
    what: 'another block, with its index',
    answer: (request) => reply({ status: 'success', block_index: (blockIndex(request) + 1) % 8, block_data: 'WRONG' }),
  },
  {
    name: 'no-data',
    what: 'success without block_data',
    answer: (request) => reply({ status: 'success', block_index: blockIndex(request) }),
  },
  {
    name: 'data-of-wrong-type',
    what: 'block_data that is a number',
    answer: (request) => reply({ status: 'success', block_index: blockIndex(request), block_data: 42 }),
  },
  { name: 'not-json', what: 'bytes that are not JSON', answer: () => raw('500 Internal Server Error\r\n\r\n') },
  { name: 'not-an-object', what: 'a JSON array', answer: () => raw('["success"]') },
  {
    name: 'not-utf-8',
    what: 'bytes that are not UTF-8',
    answer: () => ({ kind: 'raw', bytes: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]) }),
  },
  {
    name: 'cut-off',
    what: 'half an answer, then the end of the stream',
    answer: () => raw('{"status":"success","block_in'),
  },
  { name: 'nothing', what: 'nothing, and closes', answer: () => ({ kind: 'close' }) },
  { name: 'reset', what: 'a TCP reset', answer: () => ({ kind: 'reset' }) },
];

export const survivedCases = [
  ...wrongAnswers.map(({ name, what, answer }) =>
    peerCase(
      `peer.wrong-answers.survived/${name}`,
      `A peer that says it has every block answers block requests with ${what}: the subject still writes the right file.`,
      (peer) => peer.complete({ file: 'contents' }),
      { setup: () => lyingPeer(answer), needs: [keyCases.writesContents] },
    ),
  ),

  peerCase(
    'peer.wrong-answers.survived/silence',
    'A peer that says it has every block does not answer its first block request: the subject still writes the right file.',
    (peer) => peer.complete({ extraMs: givesUpSilentExtraMs, file: 'contents' }),
    {
      setup: () => {
        let isFirst = true;
        return lyingPeer((request) => {
          if (!isFirst) return grant(blockIndex(request), sampleBlocks(8));
          isFirst = false;
          return { kind: 'silence' };
        });
      },
      needs: [keyCases.writesContents],
    },
  ),

  peerCase(
    'peer.wrong-answers.survived/infos',
    'Peers answer have_blocks_info with too short a list, too long a list, a string, nothing: the subject still writes the right file.',
    (peer) => peer.complete({ file: 'contents' }),
    {
      setup: () => {
        const blocks = sampleBlocks(8);
        const wrongInfos: Reply[] = [
          reply({ status: 'success', peer_id: 'lia', blocks_info: [true] }),
          reply({ status: 'success', peer_id: 'lia', blocks_info: Array.from({ length: 99 }, () => true) }),
          reply({ status: 'success', peer_id: 'lia', blocks_info: 'all' }),
          { kind: 'close' },
        ];
        return {
          blocks,
          peers: wrongInfos.map((wrong, n) => ({
            id: `lia-${n}`,
            holds: new Set<number>(),
            specialReply: ({ action }: SeenRequest) => (action === 'have_blocks_info' ? wrong : undefined),
          })),
          tracker: { block: (index) => grant(index, blocks) },
          // Some of these lists say that their peer has blocks: long enough to be refused each of them on a busy machine.
          intervals: { unchokeMs: 2_000 },
        };
      },
      needs: [keyCases.writesContents],
    },
  ),
];
