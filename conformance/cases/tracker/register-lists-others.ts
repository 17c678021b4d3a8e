import { expectEqual, expectPeerIds, expectSuccess } from '../../wire/expect.ts';
import { getPeers, peerOffline, requestBlockTracker } from '../../wire/requests.ts';
import { trackerCase } from '../case.ts';
import { keyCases } from '../key-cases.ts';

const long = 'x'.repeat(1_000);

/** Ids of different peers that a careless comparison takes for the same, and one that is the beginning of others. */
const similarIds = ['an', 'ana', 'Ana', ' ana', 'ana ', 'jo\u00e3o', 'joa\u0303o', '1', '01', `${long}1`, `${long}2`];

/** Ids that are a key of every object in some languages, a path, markup, a terminal escape. */
const oddIds = ['__proto__', 'constructor', '../../etc/passwd', 'joão "ção" \u{1f600}', '<b>\u001b[31m'];

export const listsOthersCases = [
  trackerCase(
    'tracker.register.lists-others/each-of-three',
    'Three peers are registered and a fourth registers: its list has the three others.',
    async (tracker) => {
      const [ids, ana] = [await tracker.registerMany('peer-', 2), await tracker.registrant('ana')];
      const others = tracker.othersIn(await tracker.register(ana.id, ana.port), ana.id);
      expectEqual(others, [...ids, tracker.known].sort(), 'the ids of the peers listed');
    },
    { running: true },
  ),

  trackerCase(
    'tracker.register.lists-others/three-others',
    'Three peers are registered and a fourth registers: its list has exactly the three others.',
    async (tracker) => {
      const [ids, ana] = [await tracker.registerMany('peer-', 2), await tracker.registrant('ana')];
      const others = tracker.own(expectPeerIds(await tracker.register(ana.id, ana.port)));
      expectEqual(others, [...ids, tracker.known].sort(), 'the ids of the peers listed');
    },
    { needs: [keyCases.listsOthers], running: true, sharedBy: 'requests' },
  ),

  trackerCase(
    'tracker.register.lists-others/all-of-twelve',
    'Twelve peers are registered and one more registers: its list has all twelve, not five of them.',
    async (tracker) => {
      const [ids, zoe] = [await tracker.registerMany('peer-', 11), await tracker.registrant('zoe')];
      const others = tracker.othersIn(await tracker.register(zoe.id, zoe.port), zoe.id);
      expectEqual(others, [...ids, tracker.known].sort(), 'the ids of the peers listed');
    },
    { needs: [keyCases.listsOthers], running: true, sharedBy: 'requests' },
  ),

  trackerCase(
    'tracker.register.lists-others/not-itself-again',
    'A peer registers twice: the second answer does not list the peer itself either.',
    async (tracker) => {
      const { id, port } = await tracker.registrant('ana');
      expectSuccess(await tracker.register(id, port));
      const others = tracker.own(expectPeerIds(await tracker.register(id, port)));
      expectEqual(others, [tracker.known], 'the ids of the peers listed');
    },
    { needs: [keyCases.listsOthers], running: true, sharedBy: 'requests' },
  ),

  trackerCase(
    'tracker.register.lists-others/ids-alike',
    'Peers register whose ids differ in case, white space, the form of an accent, the last of 1,001 characters: the tracker lists all of them.',
    async (tracker) => {
      for (const id of similarIds)
        expectSuccess(await tracker.register(id, 20_001), `success for ${JSON.stringify(id)}`);
      const others = [...similarIds.filter((id) => id !== 'an'), tracker.known].sort();
      expectEqual(tracker.othersIn(await tracker.register('an', 20_001), 'an'), others, 'the ids of the peers listed');
    },
    { needs: [keyCases.listsOthers, keyCases.nonAsciiId], sharedBy: 'requests' },
  ),

  trackerCase(
    'tracker.register.lists-others/odd-ids',
    'Peers register as __proto__, constructor, ../../etc/passwd and the like: the tracker lists each of them by its id, and still lists the others.',
    async (tracker) => {
      const others = [tracker.known];
      for (const id of oddIds) {
        expectSuccess(await tracker.register(id, 20_001), `success for the registration of ${JSON.stringify(id)}`);
        others.push(id);
        const listed = tracker.othersIn(await tracker.register('bia', 20_002), 'bia');
        expectEqual(listed, others.sort(), `after ${JSON.stringify(id)} has registered, the ids of the peers listed`);
      }
    },
    { needs: [keyCases.listsOthers, keyCases.nonAsciiId], sharedBy: 'requests' },
  ),

  trackerCase(
    'tracker.register.lists-others/no-strangers',
    'Peers that never registered ask for peers and for a block, report others and say goodbye: the tracker lists none of them.',
    async (tracker) => {
      const [asker, taker, reporter, leaver] = ['asker', 'taker', 'reporter', 'leaver'].map((name) => tracker.id(name));
      await tracker.client.ask(getPeers(`${asker}`));
      await tracker.client.ask(requestBlockTracker(`${taker}`, 0));
      await tracker.client.ask(peerOffline(tracker.id('nobody'), `${reporter}`));
      await tracker.client.ask(peerOffline(`${leaver}`, `${leaver}`));
      const ana = await tracker.registrant('ana');
      expectEqual(
        tracker.othersIn(await tracker.register(ana.id, ana.port), ana.id),
        [tracker.known],
        'the ids of the peers listed',
      );
    },
    { needs: ['tracker.register.lists-others/three-others'], running: true, sharedBy: 'requests' },
  ),
];
