import type { TrackerStage } from '../../stage/tracker-stage.ts';
import { Violation } from '../../violation.ts';
import { expectAnswer, expectEqual, expectPeerIds, expectPeers } from '../../wire/expect.ts';
import { field } from '../../wire/message.ts';
import { rootCase, trackerCase } from '../case.ts';
import { keyCases } from '../key-cases.ts';
import { answerNeeds } from '../server-case.ts';

/** Sends `times` get_peers of the suite, ten at once, as a tracker may take a while to answer. @returns the ids of each list */
export async function askOften(tracker: TrackerStage, times: number): Promise<string[][]> {
  const lists: string[][] = [];
  while (lists.length < times) {
    const answers = await Promise.all(Array.from({ length: 10 }, () => tracker.getPeers(tracker.known)));
    lists.push(...answers.map(expectPeerIds));
  }
  return lists;
}

/** Registers ten peers, and sends `times` get_peers of the suite. @returns the ids of each list */
export async function askAmongTen(tracker: TrackerStage, times: number): Promise<string[][]> {
  await tracker.registerMany('peer-', 10);
  return askOften(tracker, times);
}

/** Sends a get_peers of the suite; throws a violation unless the list has each of the others. */
async function expectAll(tracker: TrackerStage, others: readonly string[]): Promise<void> {
  expectEqual(
    tracker.othersIn(await tracker.getPeers(tracker.known)),
    others,
    `with ${others.length} other peers, a list of`,
  );
}

export const getPeersCases = [
  trackerCase(
    'tracker.get-peers.never-requester/five-registered',
    'Five peers are registered and each asks for peers: get_peers lists none of them to itself.',
    async (tracker) => {
      for (const id of [...(await tracker.registerMany('peer-', 4)), tracker.known]) {
        if (expectPeerIds(await tracker.getPeers(id)).includes(id)) {
          throw new Violation(`a list without ${id}, which asked for it`, 'a list with it');
        }
      }
    },
    { needs: [keyCases.answersRead.tracker], running: true, sharedBy: 'requests' },
  ),

  trackerCase(
    'tracker.get-peers.never-requester/eleven-registered',
    'Eleven peers are registered and one asks forty times: get_peers never lists it to itself.',
    async (tracker) => {
      const lists = await askAmongTen(tracker, 40);
      const wrong = lists.find((list) => list.includes(tracker.known));
      if (wrong !== undefined) throw new Violation(`lists without ${tracker.known}`, JSON.stringify(wrong));
    },
    { needs: [keyCases.answersRead.tracker], running: true, sharedBy: 'requests' },
  ),

  trackerCase(
    'tracker.get-peers.no-duplicates/three-others',
    'Three other peers are registered, one of them registered twice: get_peers lists each of them once.',
    async (tracker) => {
      await tracker.registerMany('peer-', 3);
      await tracker.register((await tracker.registrant('peer-2')).id, (await tracker.registrant('elsewhere')).port);
      const list = expectPeerIds(await tracker.getPeers(tracker.known));
      if (new Set(list).size < list.length) throw new Violation('a list without duplicates', JSON.stringify(list));
    },
    { needs: [keyCases.answersRead.tracker], running: true, sharedBy: 'requests' },
  ),

  trackerCase(
    'tracker.get-peers.no-duplicates/eleven-registered',
    'Eleven peers are registered, one of them registered twice, and one asks forty times: no list has a peer twice.',
    async (tracker) => {
      await tracker.register((await tracker.registrant('peer-3')).id, (await tracker.registrant('elsewhere')).port);
      const lists = await askAmongTen(tracker, 40);
      const wrong = lists.find((list) => new Set(list).size < list.length);
      if (wrong !== undefined) throw new Violation('lists without duplicates', JSON.stringify(wrong));
    },
    { needs: [keyCases.answersRead.tracker], running: true, sharedBy: 'requests' },
  ),

  trackerCase(
    'tracker.get-peers.all-when-few/alone',
    'A registered peer asks for peers, with no other or any others registered: success, with a list.',
    async (tracker) => {
      expectPeers(await tracker.getPeers(tracker.known));
    },
    { needs: [rootCase.tracker, ...answerNeeds('tracker', 'get_peers')], running: true },
  ),

  trackerCase(
    'tracker.get-peers.all-when-few/three-others',
    'Three other peers are registered: get_peers lists each of them.',
    async (tracker) => expectAll(tracker, await tracker.registerMany('peer-', 3)),
    { needs: [keyCases.answersRead.tracker] },
  ),

  trackerCase(
    'tracker.get-peers.all-when-few/none-to-five-others',
    'Zero to five other peers are registered: get_peers lists each of them.',
    async (tracker) => {
      const ids: string[] = [];
      for (let others = 0; others <= 5; others += 1) {
        if (others > 0) ids.push(...(await tracker.registerMany(`peer-${others}-`, 1)));
        await expectAll(tracker, ids);
      }
    },
    { needs: [keyCases.answersRead.tracker], sharedBy: 'requests' },
  ),

  ...[6, 10].map((others) =>
    trackerCase(
      `tracker.get-peers.at-most-five/${others}-others`,
      `${others === 6 ? 'Six' : 'Ten'} other peers are registered: get_peers lists exactly five of them, every time.`,
      async (tracker) => {
        const ids = await tracker.registerMany('peer-', others);
        for (let n = 0; n < 10; n += 1) {
          const list = expectPeerIds(await tracker.getPeers(tracker.known));
          // A running tracker may have other peers, and list some of them.
          const unknown = tracker.own(list).filter((id) => !ids.includes(id));
          if (list.length !== 5 || unknown.length > 0) {
            throw new Violation('five of the other peers', `${list.length}: ${JSON.stringify(list)}`);
          }
        }
      },
      { needs: [keyCases.answersRead.tracker], running: true, sharedBy: 'requests' },
    ),
  ),

  trackerCase(
    'tracker.get-peers.unregistered/stranger',
    'A peer that never registered asks for peers.',
    async (tracker) =>
      `the tracker answers get_peers of a stranger with ${statusOf(expectAnswer(await tracker.getPeers(tracker.id('eve'))))}`,
    { running: true },
  ),
];

function statusOf(message: Parameters<typeof field>[0]): string {
  const status = field(message, 'status');
  return status === undefined ? 'no status' : JSON.stringify(status);
}
