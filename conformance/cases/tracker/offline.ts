import { createServer, type AddressInfo } from 'node:net';
import type { TrackerStage } from '../../stage/tracker-stage.ts';
import { Violation } from '../../violation.ts';
import { expectAnswer, expectEqual, expectPeerIds, expectSuccess, show } from '../../wire/expect.ts';
import { field, type JsonObject } from '../../wire/message.ts';
import { peerOffline } from '../../wire/requests.ts';
import { trackerCase } from '../case.ts';
import { keyCases } from '../key-cases.ts';
import { answerNeeds } from '../server-case.ts';

const removesItself = 'tracker.offline.removes/itself';

/** Throws a violation if get_peers or register still lists the peer. */
async function expectGone(tracker: TrackerStage, id: string): Promise<void> {
  const witness = await tracker.registrant('witness');
  for (const [action, ids] of [
    ['get_peers', expectPeerIds(await tracker.getPeers(tracker.known))],
    ['register', expectPeerIds(await tracker.register(witness.id, witness.port))],
  ] as const) {
    if (ids.includes(id)) throw new Violation(`no list with ${id} after peer_offline`, `${action} lists ${show(ids)}`);
  }
}

/** Registers ana at a port that accepts connections, has another peer report her, and hands over the answer. */
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

export const offlineCases = [
  trackerCase(
    'tracker.offline.removes/itself',
    'A peer reports itself offline: success, and no list has it any more.',
    async (tracker) => {
      const [one = '', two = ''] = await tracker.registerMany('peer-', 2);
      expectSuccess(await tracker.client.ask(peerOffline(one, one)), 'success for a goodbye');
      await expectGone(tracker, one);
      const { id, port } = await tracker.registrant('witness');
      const others = tracker.othersIn(await tracker.register(id, port), id);
      expectEqual(others, [two, tracker.known].sort(), 'the ids of the others');
    },
    {
      needs: [keyCases.listsOthers, keyCases.answersRead.tracker, ...answerNeeds('tracker', 'peer_offline')],
      running: true,
    },
  ),

  trackerCase(
    'tracker.offline.removes/comes-back',
    'A peer goes offline and registers again with a new port: the tracker lists it.',
    async (tracker) => {
      expectSuccess(await tracker.register('ana', 20_001));
      expectSuccess(await tracker.client.ask(peerOffline('ana', 'ana')));
      expectSuccess(await tracker.register('ana', 20_002));
      expectEqual(tracker.othersIn(await tracker.getPeers(tracker.known)), ['ana'], 'the ids of the peers listed');
    },
    { needs: [keyCases.listsAllWhenFew, keyCases.listsOthers, removesItself] },
  ),

  trackerCase(
    'tracker.offline.removes/comes-back-at-the-same-port',
    'Peers go offline, one by its own goodbye and one by a report, and register again with the very same port: the tracker lists them.',
    async (tracker) => {
      const port = await tracker.context.session.leasePort();
      for (const sender of ['ana', tracker.known]) {
        expectSuccess(await tracker.register('ana', port));
        expectAnswer(await tracker.client.ask(peerOffline('ana', sender)), 'an answer to a report');
        expectSuccess(await tracker.register('ana', port), 'success for another registration');
        expectEqual(tracker.othersIn(await tracker.getPeers(tracker.known)), ['ana'], 'the ids of the peers listed');
      }
    },
    { needs: ['tracker.offline.removes/comes-back'], sharedBy: 'requests' },
  ),

  trackerCase(
    'tracker.offline.third-party/dead-peer',
    'A peer reports another one, on whose port nothing listens: no list has the dead peer any more.',
    async (tracker) => {
      // The tracker may try to connect first, so the port must be one that refuses connections.
      const port = await tracker.context.session.leasePort();
      const ana = tracker.id('ana');
      expectSuccess(await tracker.register(ana, port));
      const [reporter = ''] = await tracker.registerMany('peer-', 1);
      expectAnswer(await tracker.client.ask(peerOffline(ana, reporter)), 'an answer to the report of a dead peer');
      await expectGone(tracker, ana);
    },
    { needs: [keyCases.listsOthers, keyCases.answersRead.tracker], running: true, sharedBy: 'requests' },
  ),

  trackerCase(
    'tracker.offline.unknown/nobody-of-that-name',
    'A peer reports one that never registered: the tracker answers, and its lists stay as they were.',
    async (tracker) => {
      const ids = await tracker.registerMany('peer-', 3);
      expectAnswer(await tracker.client.ask(peerOffline('nobody', 'peer-1')), 'success or error for an unknown peer');
      expectEqual(tracker.othersIn(await tracker.getPeers(tracker.known)), ids, 'the ids of the peers listed');
      await tracker.serves('the report of an unknown peer');
    },
    { needs: [keyCases.listsAllWhenFew, keyCases.listsOthers], sharedBy: 'requests' },
  ),

  trackerCase(
    'tracker.offline.may-verify/living-peer',
    'A peer reports another one, which accepts connections.',
    (tracker) =>
      reportLiving(tracker, async (answer) => {
        const listed = expectPeerIds(await tracker.getPeers(tracker.known)).includes('ana');
        const status = show(field(answer, 'status'));
        return `the tracker answers with ${status} and ${listed ? 'still lists the living peer' : 'lists the living peer no longer'}`;
      }),
    { needs: [keyCases.listsOthers, keyCases.answersRead.tracker] },
  ),

  trackerCase(
    'tracker.offline.removes/success-means-gone',
    'A peer reports one that is alive: if the tracker answers with success, no list has that peer any more.',
    (tracker) =>
      reportLiving(tracker, async (answer) => {
        if (field(answer, 'status') === 'success') await expectGone(tracker, 'ana');
      }),
    { needs: [keyCases.listsOthers, removesItself], sharedBy: 'requests' },
  ),
];
