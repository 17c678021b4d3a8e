import { sampleBlocks } from '../../stage/sample-blocks.ts';
import { Violation } from '../../violation.ts';
import { expectEqual, expectSuccess, show } from '../../wire/expect.ts';
import { field, isObject } from '../../wire/message.ts';
import { peerCase, trackerCase } from '../case.ts';
import { keyCases } from '../key-cases.ts';
import { noOtherPeer, trackerWithAll } from '../swarms.ts';

export const initialDataCases = [
  trackerCase(
    'file.initial-data.inline/for-a-text',
    'The tracker sends data with its answer to a registration: the data is that of designated blocks only.',
    async (tracker) => {
      const ana = await tracker.registrant('ana');
      const message = expectSuccess(await tracker.register(ana.id, ana.port));
      const data = field(message, 'initial_blocks_data');
      if (data === undefined) return;
      if (!isObject(data)) throw new Violation('initial_blocks_data as an object', show(data));
      const designated = field(message, 'initial_blocks');
      for (const [key, text] of Object.entries(data)) {
        const index = Number(key);
        if (!Array.isArray(designated) || !designated.includes(index) || String(index) !== key) {
          throw new Violation(`keys that are indices of initial_blocks, ${show(designated)}`, show(key));
        }
        const served = field(expectSuccess(await tracker.requestBlock(index)), 'block_data');
        expectEqual(text, served, `the data of block ${index}`);
      }
    },
    { needs: [keyCases.serves.tracker], running: true },
  ),

  peerCase(
    'file.initial-data.not-needed/every-block-designated',
    'The tracker designates every block and sends no data with the registration: the peer writes the right file.',
    (peer) => peer.complete(),
    {
      setup: () => {
        const blocks = sampleBlocks(5);
        return { ...noOtherPeer(blocks), tracker: { ...trackerWithAll(blocks), initialBlocks: [4, 2, 0, 1, 3] } };
      },
    },
  ),
];
