import { Violation } from '../../violation.ts';
import { expectSuccess } from '../../wire/expect.ts';
import { field } from '../../wire/message.ts';
import { peerCase, trackerCase } from '../case.ts';
import { keyCases } from '../key-cases.ts';
import { blockIndex } from '../swarms.ts';

export const initialBlocksCases = [
  trackerCase(
    'file.initial-blocks.distinct/ten-registrations',
    'Ten peers register: the initial_blocks of each are distinct indices of blocks of the file.',
    async (tracker) => {
      for (let n = 1; n <= 10; n += 1) {
        const { id, port } = await tracker.registrant(`peer-${n}`);
        const indices = field(expectSuccess(await tracker.register(id, port)), 'initial_blocks');
        const expected = `a list of distinct integers from 0 to ${tracker.blocks - 1}`;
        if (!Array.isArray(indices)) throw new Violation(expected, String(indices));
        const inRange = (index: unknown): boolean =>
          typeof index === 'number' && Number.isInteger(index) && index >= 0 && index < tracker.blocks;
        if (!indices.every(inRange) || new Set(indices).size < indices.length) {
          throw new Violation(expected, JSON.stringify(indices));
        }
      }
    },
    { needs: ['tracker.register.success/with-lists'], running: true },
  ),

  peerCase(
    'file.initial-blocks.fetched/two',
    'The tracker designates two blocks, without their data, and a peer has them too: the subject asks the tracker for both.',
    async (peer) => {
      await peer.complete();
      const asked = peer.tracker.seen('request_block_tracker').map(blockIndex);
      const missing = [0, 1].filter((index) => !asked.includes(index));
      if (missing.length > 0) {
        throw new Violation(
          'request_block_tracker for the designated blocks 0 and 1',
          `none for ${missing.join(' and ')}`,
        );
      }
    },
    {
      setup: () => ({ peers: [{ id: 'ana', holds: new Set([0, 1, 2, 3, 4, 5, 6, 7]) }] }),
      needs: [keyCases.asksHolder, keyCases.downloadsFromPeer, 'file.initial-data.not-needed/every-block-designated'],
    },
  ),
];
