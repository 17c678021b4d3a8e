import { answersUnderLoadWithinMs } from '../../time-limits.ts';
import { Violation } from '../../violation.ts';
import { expectAnswer, expectEqual, expectSuccess, show } from '../../wire/expect.ts';
import { field } from '../../wire/message.ts';
import { requestBlockTracker } from '../../wire/requests.ts';
import { rootCase, trackerCase } from '../case.ts';
import { expectWholeFile } from '../file/blocks.ts';
import { keyCases } from '../key-cases.ts';
import {
  expectEachRefused,
  expectEachRefusedAsWritten,
  firstRefusal,
  indicesOutside,
  wrappedIndices,
} from '../indices-outside.ts';
import { answerNeeds } from '../server-case.ts';

export const trackerBlockCases = [
  trackerCase(
    'tracker.block.serves/granted',
    'A peer asks for every block of a file that no other peer has: success each time.',
    async (tracker) => {
      for (let index = 0; index < tracker.blocks; index += 1) {
        expectSuccess(await tracker.requestBlock(index), `success for block ${index}`);
      }
    },
    { needs: [rootCase.tracker, ...answerNeeds('tracker', 'request_block_tracker')], running: true },
  ),

  trackerCase(
    'tracker.block.serves/own-index',
    'A peer asks for every block: each answer has the index of the block.',
    async (tracker) => {
      for (let index = 0; index < tracker.blocks; index += 1) {
        const message = expectSuccess(await tracker.requestBlock(index), `success for block ${index}`);
        expectEqual(field(message, 'block_index'), index, 'block_index');
      }
    },
    { needs: [keyCases.grants.tracker], running: true, sharedBy: 'requests' },
  ),

  trackerCase(
    'tracker.block.serves/every-index',
    'A peer asks for every block: each answer has the data of a block, as text.',
    async (tracker) => {
      for (let index = 0; index < tracker.blocks; index += 1) {
        const message = expectSuccess(await tracker.requestBlock(index), `success for block ${index}`);
        if (typeof field(message, 'block_data') !== 'string')
          throw new Violation('block_data as a string', show(message));
      }
    },
    { needs: [keyCases.grants.tracker], running: true, sharedBy: 'requests' },
  ),

  trackerCase(
    'tracker.block.serves/large',
    'A block has 16 MiB, more than the buffers of a socket hold: the tracker sends the whole block.',
    expectWholeFile,
    {
      setup: () => ({ file: Buffer.alloc(16 << 20, 'um texto longo. '), blocks: 1 }),
      needs: ['file.blocks.concatenate/ascii', keyCases.serves.tracker, keyCases.registersForOneBlock],
    },
  ),

  trackerCase(
    'tracker.block.serves/many-at-once',
    'A peer asks for every block, all at once and several times: each answer has the block that was asked for.',
    async (tracker) => {
      const indices = [...Array(tracker.blocks).keys()];
      const right = new Map<number, string>();
      for (const index of indices)
        right.set(index, show(field(expectSuccess(await tracker.requestBlock(index)), 'block_data')));
      const asked = Array.from({ length: 5 }, () => indices).flat();
      await Promise.all(
        asked.map(async (index) => {
          const { value } = await tracker.client.ask(requestBlockTracker(tracker.known, index), {
            timeoutMs: answersUnderLoadWithinMs,
          });
          if (field(value, 'status') !== 'success') return;
          expectEqual(show(field(value, 'block_data')), right.get(index), `the data of block ${index}`);
        }),
      );
    },
    { needs: [keyCases.serves.tracker], sharedBy: 'requests' },
  ),

  trackerCase(
    'tracker.block.out-of-range/every-kind',
    'A peer asks for block N, the last being N - 1, for block -1, and for blocks far beyond N: error each time.',
    async (tracker) => {
      await expectEachRefused(tracker, indicesOutside(tracker.blocks), (index) => tracker.requestBlock(index));
    },
    { needs: [keyCases.grants.tracker], running: true, sharedBy: 'requests' },
  ),

  trackerCase(
    'tracker.block.out-of-range/wraps',
    'A peer asks for blocks whose index is inside the file in 8, 16, 32 or 64 bits only: error each time.',
    async (tracker) => {
      await expectEachRefusedAsWritten(tracker, requestBlockTracker(tracker.known, 0), 'block_index', wrappedIndices);
    },
    { needs: ['tracker.block.out-of-range/every-kind'], sharedBy: 'requests' },
  ),

  trackerCase(
    'tracker.block.out-of-range-reason/first-beyond',
    'A peer asks for block N, the last being N - 1, and for others outside: the first error has a reason.',
    async (tracker) => {
      const message = await firstRefusal(indicesOutside(tracker.blocks), (index) => tracker.requestBlock(index));
      if (typeof field(message, 'reason') !== 'string') throw new Violation('a reason as a string', show(message));
    },
    { needs: [keyCases.grants.tracker], running: true, sharedBy: 'requests' },
  ),

  trackerCase(
    'tracker.block.unregistered-sender/stranger',
    'A peer that never registered asks for a block.',
    async (tracker) => {
      const message = expectAnswer(await tracker.client.ask(requestBlockTracker(tracker.id('eve'), 0)));
      return `the tracker answers a block request of a stranger with ${show(field(message, 'status'))}`;
    },
    { running: true },
  ),
];
