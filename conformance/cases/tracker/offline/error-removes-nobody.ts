import { createServer, type AddressInfo } from 'node:net';
import { Inapplicable } from '../../../violation.ts';
import { expectAnswer, expectEqual, expectSuccess } from '../../../wire/expect.ts';
import { field } from '../../../wire/message.ts';
import { peerOffline } from '../../../wire/requests.ts';
import { trackerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';

export const errorRemovesNobodyCases = [
  trackerCase(
    'tracker.offline.error-removes-nobody/living-peer',
    'A registered peer and a stranger report a peer that accepts connections: if the answer is an error, the tracker still lists that peer.',
    async (tracker) => {
      const living = createServer((socket) => socket.destroy());
      await new Promise<void>((resolve) => living.listen(0, '127.0.0.1', resolve));
      try {
        let errors = 0;
        for (const reporter of [tracker.known, 'eve']) {
          expectSuccess(await tracker.register('ana', (living.address() as AddressInfo).port));
          const answer = expectAnswer(await tracker.client.ask(peerOffline('ana', reporter)), 'an answer to a report');
          if (field(answer, 'status') !== 'error') continue;
          errors += 1;
          for (const listed of [await tracker.getPeers(tracker.known), await tracker.register('witness', 20_002)])
            expectEqual(
              tracker.othersIn(listed).filter((id) => id === 'ana'),
              ['ana'],
              `after an error for the report of ${reporter}, a list with`,
            );
        }
        if (errors === 0) throw new Inapplicable('the tracker answers these reports with success');
      } finally {
        living.close();
      }
    },
    { needs: [keyCases.listsOthers, keyCases.listsAllWhenFew], sharedBy: 'requests' },
  ),
];
