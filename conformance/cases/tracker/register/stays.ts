import { setTimeout as pause } from 'node:timers/promises';
import { expectEqual, expectSuccess } from '../../../wire/expect.ts';
import { trackerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { withLivingListener } from '../../living-listener.ts';

/** Longer than the minute after which trackers like to forget peers. */
const quietMs = 66_000;

export const staysCases = [
  trackerCase(
    'tracker.register.stays/66-seconds',
    'Two peers that accept connections are registered and say nothing for 66 seconds: the tracker still lists them, and answers them.',
    (tracker) =>
      withLivingListener(async (port) => {
        for (const id of ['ana', 'bia']) expectSuccess(await tracker.register(id, port));
        await pause(quietMs);
        // Nobody listens on the port of the suite's own peer: a tracker may have found that out.
        const listed = tracker.othersIn(await tracker.getPeers('ana'), 'ana').filter((id) => id !== tracker.known);
        expectEqual(listed, ['bia'], 'after 66 s, a list for ana of');
        const all = tracker.othersIn(await tracker.register('witness', 20_002), 'witness');
        expectEqual(
          all.filter((id) => id !== tracker.known),
          ['ana', 'bia'],
          'after 66 s, the list for a newcomer to be',
        );
      }),
    { needs: [keyCases.listsOthers, keyCases.listsAllWhenFew], thoroughMs: () => quietMs + 2_000 },
  ),
];
