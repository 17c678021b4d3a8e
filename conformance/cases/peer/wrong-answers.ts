import { peerCase } from '../case.ts';
import { sampleBlocks } from '../../stage/sample-blocks.ts';
import { grant, reply } from '../../stage/replies.ts';
import { field } from '../../wire/message.ts';
import type { Reply, SeenRequest } from '../../wire/scripted-server.ts';
import { givesUpSilentExtraMs } from '../../time-limits.ts';

const index = ({ body }: SeenRequest): number => Number(field(body, 'block_index'));
const raw = (text: string): Reply => ({ kind: 'raw', bytes: Buffer.from(text) });

const wrong: readonly { name: string; what: string; answer: (request: SeenRequest) => Reply }[] = [
  { name: 'error', what: 'an error without a reason', answer: () => reply({ status: 'error' }) },
  {
    name: 'error-with-data',
    what: 'an error that has block_data',
    answer: (request) => reply({ status: 'error', block_index: index(request), block_data: 'WRONG' }),
  },
  {
    name: 'other-status',
    what: 'a status that is neither success nor error',
    answer: (request) => reply({ status: 'pending', block_index: index(request), block_data: 'WRONG' }),
  },
  {
    name: 'other-block',
    what: 'another block, with its index',
    answer: (request) => reply({ status: 'success', block_index: (index(request) + 1) % 8, block_data: 'WRONG' }),
  },
  {
    name: 'no-data',
    what: 'success without block_data',
    answer: (request) => reply({ status: 'success', block_index: index(request) }),
  },
  {
    name: 'data-of-wrong-type',
    what: 'block_data that is a number',
    answer: (request) => reply({ status: 'success', block_index: index(request), block_data: 42 }),
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

/** A liar that says it has every block, and a tracker that has them. */
const liarAndTracker = (answer: (request: SeenRequest) => Reply | undefined) => () => {
  const blocks = sampleBlocks(8);
  return {
    blocks,
    peers: [
      {
        id: 'lia',
        holds: new Set(blocks.keys()),
        specialReply: (request: SeenRequest) => (request.action === 'request_block' ? answer(request) : undefined),
      },
    ],
    tracker: { initialBlocks: [], block: (at: number) => grant(at, blocks) },
  };
};

export const peerWrongAnswerCases = [
  ...wrong.map(({ name, what, answer }) =>
    peerCase(
      `peer.wrong-answers.survived/${name}`,
      `A peer that says it has every block answers block requests with ${what}: the file is right all the same.`,
      (peer) => peer.complete(),
      { setup: liarAndTracker(answer), needs: ['peer.tracker-last.nobody-has/alone'] },
    ),
  ),

  peerCase(
    'peer.wrong-answers.survived/silence',
    'A peer that says it has every block is silent for its first block request: the file is right all the same.',
    (peer) => peer.complete({ extraMs: givesUpSilentExtraMs }),
    {
      setup: () => {
        let isFirst = true;
        return liarAndTracker((request) => {
          if (!isFirst) return grant(index(request), sampleBlocks(8));
          isFirst = false;
          return { kind: 'silence' };
        })();
      },
      needs: ['peer.tracker-last.nobody-has/alone'],
    },
  ),

  peerCase(
    'peer.wrong-answers.survived/infos',
    'Peers answer have_blocks_info with lists too short and too long, with strings, with nothing: the file is right.',
    (peer) => peer.complete(),
    {
      setup: () => {
        const blocks = sampleBlocks(8);
        const lies: Reply[] = [
          reply({ status: 'success', peer_id: 'lia', blocks_info: [true] }),
          reply({ status: 'success', peer_id: 'lia', blocks_info: Array.from({ length: 99 }, () => true) }),
          reply({ status: 'success', peer_id: 'lia', blocks_info: 'all' }),
          { kind: 'close' },
        ];
        return {
          blocks,
          peers: lies.map((lie, n) => ({
            id: `lia-${n}`,
            holds: new Set<number>(),
            specialReply: ({ action }: SeenRequest) => (action === 'have_blocks_info' ? lie : undefined),
          })),
          tracker: { block: (at: number) => grant(at, blocks) },
        };
      },
      needs: ['peer.tracker-last.nobody-has/alone'],
    },
  ),
];
