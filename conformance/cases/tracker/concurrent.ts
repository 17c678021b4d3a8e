import { answersUnderLoadWithinMs } from '../../time-limits.ts';
import { expectAnswer, expectEqual, expectSuccess } from '../../wire/expect.ts';
import { field } from '../../wire/message.ts';
import { peerOffline, requestBlockTracker } from '../../wire/requests.ts';
import { trackerCase } from '../case.ts';
import { keyCases } from '../key-cases.ts';
import { withLivingListener } from '../living-listener.ts';

export const concurrentCases = [
  trackerCase(
    'tracker.concurrent/block-to-one-who-does-not-read',
    'Three clients ask for a block of 4 MiB and do not read it: the tracker serves another client meanwhile.',
    async (tracker) => {
      for (let n = 0; n < 3; n += 1) {
        const connection = await tracker.client.open();
        connection.stopReading();
        await connection.send(JSON.stringify(requestBlockTracker(tracker.known, 0)));
      }
      await tracker.serves('block requests whose senders do not read');
      const other = await tracker.client.ask(requestBlockTracker(tracker.known, 1), {
        timeoutMs: answersUnderLoadWithinMs,
      });
      expectSuccess(other, 'block 1 while block 0 is on its way to others');
    },
    {
      setup: () => ({ file: Buffer.alloc(8 << 20, 'um texto longo. '), blocks: 2 }),
      needs: ['wire.idle.serves-others/tracker', keyCases.serves.tracker],
    },
  ),

  trackerCase(
    'tracker.concurrent/many-at-once',
    'Forty clients ask for blocks at once: the tracker sends each the block that it has asked for.',
    async (tracker) => {
      const count = Math.min(tracker.blocks, 8);
      const texts: unknown[] = [];
      for (let index = 0; index < count; index += 1)
        texts.push(field((await tracker.requestBlock(index)).value, 'block_data'));
      const asked = Array.from({ length: 40 }, async (_, n) => ({ n, answer: await tracker.requestBlock(n % count) }));
      for (const { n, answer } of await Promise.all(asked)) {
        const index = n % count;
        const message = expectSuccess(answer, `block ${index} for one of forty`);
        expectEqual(field(message, 'block_data'), texts[index], `the data of block ${index}`);
      }
    },
    { needs: [keyCases.serves.tracker], running: true, sharedBy: 'requests' },
  ),

  trackerCase(
    'tracker.concurrent/report-of-a-silent-peer',
    'Three reports name a peer that accepts connections and says nothing: the tracker answers every other request meanwhile.',
    (tracker) =>
      withLivingListener(
        async (port) => {
          expectSuccess(await tracker.register('ana', port));
          for (let n = 0; n < 3; n += 1) {
            const connection = await tracker.client.open();
            await connection.send(JSON.stringify(peerOffline('ana', tracker.known)));
          }
          for (const [action, request] of tracker.validRequests)
            expectAnswer(await tracker.client.ask(request), `an answer to ${action} while reports are checked`);
        },
        () => undefined,
      ),
    { needs: ['wire.idle.serves-others/tracker', keyCases.grants.tracker], sharedBy: 'requests' },
  ),
];
