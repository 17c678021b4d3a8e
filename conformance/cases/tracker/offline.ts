import { createServer, type AddressInfo } from 'node:net';
import { trackerCase } from '../case.ts';
import { expectAnswer, expectEqual, expectPeerIds, expectSuccess, show } from '../../wire/expect.ts';
import type { TrackerStage } from '../../stage/tracker-stage.ts';
import { Violation } from '../../violation.ts';
import { field, type JsonObject } from '../../wire/message.ts';
import { peerOffline } from '../../wire/requests.ts';
import { answerNeeds } from '../wire/server-case.ts';

const listsOthers = 'tracker.register.lists-others/three-others';
const REMOVES = 'tracker.offline.removes/itself';

/** Neither kind of list names the peer any more. */
async function expectGone(tracker: TrackerStage, id: string): Promise<void> {
  const witness = await tracker.registrant('witness');
  for (const [action, ids] of [
    ['get_peers', expectPeerIds(await tracker.getPeers(tracker.known))],
    ['register', expectPeerIds(await tracker.register(witness.id, witness.port))],
  ] as const) {
    if (ids.includes(id)) throw new Violation(`${id} in no list after peer_offline`, `${action} lists ${show(ids)}`);
  }
}

/** Registers `ana` at a port that accepts connections, and has her reported by another peer. */
async function reportLiving(
  tracker: TrackerStage,
  then: (answer: JsonObject) => Promise<string | void>,
): Promise<string | void> {
  const living = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => living.listen(0, '127.0.0.1', resolve));
  try {
    expectSuccess(await tracker.register('ana', (living.address() as AddressInfo).port));
    return await then(expectAnswer(await tracker.client.ask(peerOffline('ana', tracker.known))));
  } finally {
    living.close();
  }
}

export const trackerOfflineCases = [
  trackerCase(
    REMOVES,
    'A peer says that it goes offline: success, and no list names it any more.',
    async (tracker) => {
      const [one = '', two = ''] = await tracker.registerMany('peer-', 2);
      expectSuccess(await tracker.client.ask(peerOffline(one, one)), 'success for a goodbye');
      await expectGone(tracker, one);
      const { id, port } = await tracker.registrant('witness');
      const others = tracker.own(expectPeerIds(await tracker.register(id, port)));
      expectEqual(others, [two, tracker.known].sort(), 'the ids of the others');
    },
    { needs: [listsOthers, ...answerNeeds('tracker', 'peer_offline')], running: true },
  ),

  trackerCase(
    'tracker.offline.removes/comes-back',
    'A peer goes offline and registers again: it is listed, at its new port.',
    async (tracker) => {
      expectSuccess(await tracker.register('ana', 20_001));
      expectSuccess(await tracker.client.ask(peerOffline('ana', 'ana')));
      expectSuccess(await tracker.register('ana', 20_002));
      expectEqual(expectPeerIds(await tracker.getPeers(tracker.known)), ['ana'], 'the ids of the peers listed');
    },
    { needs: [listsOthers, REMOVES] },
  ),

  trackerCase(
    'tracker.offline.third-party/dead-peer',
    'A peer reports another one whose port nobody listens on: no list names the dead peer any more.',
    async (tracker) => {
      // The tracker may look for itself first, so the port must be one that refuses.
      const port = await tracker.context.session.leasePort();
      const ana = tracker.id('ana');
      expectSuccess(await tracker.register(ana, port));
      const [reporter = ''] = await tracker.registerMany('peer-', 1);
      expectAnswer(await tracker.client.ask(peerOffline(ana, reporter)), 'an answer to the report of a dead peer');
      await expectGone(tracker, ana);
    },
    { needs: [listsOthers], running: true },
  ),

  trackerCase(
    'tracker.offline.unknown/nobody-of-that-name',
    'A peer reports one that never registered: any answer, and the lists are as before.',
    async (tracker) => {
      const ids = await tracker.registerMany('peer-', 3);
      expectAnswer(await tracker.client.ask(peerOffline('nobody', 'peer-1')), 'success or error for an unknown peer');
      expectEqual(expectPeerIds(await tracker.getPeers(tracker.known)), ids, 'the ids of the peers listed');
      await tracker.serves('the report of an unknown peer');
    },
    { needs: [listsOthers] },
  ),

  trackerCase(
    'tracker.offline.may-verify/living-peer',
    'A peer reports another one that accepts connections.',
    (tracker) =>
      reportLiving(tracker, async (answer) => {
        const listed = expectPeerIds(await tracker.getPeers(tracker.known)).includes('ana');
        const status = show(field(answer, 'status'));
        return `answered with ${status}; the living peer is ${listed ? 'still' : 'no longer'} listed`;
      }),
    { needs: [listsOthers] },
  ),

  trackerCase(
    'tracker.offline.removes/success-means-gone',
    'A peer reports a living one: whatever the tracker thinks of it, after success no list names that peer.',
    (tracker) =>
      reportLiving(tracker, async (answer) => {
        if (field(answer, 'status') === 'success') await expectGone(tracker, 'ana');
      }),
    { needs: [listsOthers, REMOVES] },
  ),
];
