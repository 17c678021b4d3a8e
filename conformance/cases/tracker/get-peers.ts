import { rootCase, trackerCase } from '../case.ts';
import { expectAnswer, expectEqual, expectPeerIds } from '../../wire/expect.ts';
import type { TrackerStage } from '../../stage/tracker-stage.ts';
import { Violation } from '../../violation.ts';
import { field } from '../../wire/message.ts';
import { answerNeeds } from '../wire/server-case.ts';

const allWhenFew = 'tracker.get-peers.all-when-few/three-others';

/** Registers ten peers and asks for the peers of the suite `times` times, ten at once: a tracker may take a while to answer. */
async function askAmongTen(tracker: TrackerStage, times: number): Promise<string[][]> {
  await tracker.registerMany('peer-', 10);
  const lists: string[][] = [];
  while (lists.length < times) {
    const answers = await Promise.all(Array.from({ length: 10 }, () => tracker.getPeers(tracker.known)));
    lists.push(...answers.map(expectPeerIds));
  }
  return lists;
}

/** Asks for the peers of the suite and expects each of the others. */
async function expectAll(tracker: TrackerStage, others: readonly string[]): Promise<void> {
  const listed = expectPeerIds(await tracker.getPeers(tracker.known));
  // Whether somebody is listed twice, or the requester with them, is for other clauses.
  const different = [...new Set(listed)].filter((id) => id !== tracker.known);
  expectEqual(different, others, `of ${others.length} other peers, a list of`);
}

export const trackerGetPeersCases = [
  trackerCase(
    'tracker.get-peers.never-requester/five-registered',
    'Five peers have registered and each asks for peers: none is given itself.',
    async (tracker) => {
      for (const id of [...(await tracker.registerMany('peer-', 4)), tracker.known]) {
        if (expectPeerIds(await tracker.getPeers(id)).includes(id)) {
          throw new Violation(`a list without ${id}, who asked for it`, 'a list that names it');
        }
      }
    },
    { needs: [allWhenFew], running: true },
  ),

  trackerCase(
    'tracker.get-peers.never-requester/eleven-registered',
    'Eleven peers have registered and one asks forty times: it is never given itself.',
    async (tracker) => {
      const lists = await askAmongTen(tracker, 40);
      const wrong = lists.find((list) => list.includes(tracker.known));
      if (wrong !== undefined) throw new Violation(`lists without ${tracker.known}`, JSON.stringify(wrong));
    },
    { needs: [allWhenFew], running: true },
  ),

  trackerCase(
    'tracker.get-peers.no-duplicates/three-others',
    'Three other peers have registered, one of them twice: get_peers names none of them twice.',
    async (tracker) => {
      await tracker.registerMany('peer-', 3);
      await tracker.register((await tracker.registrant('peer-2')).id, (await tracker.registrant('elsewhere')).port);
      const list = expectPeerIds(await tracker.getPeers(tracker.known));
      if (new Set(list).size < list.length) throw new Violation('a list without duplicates', JSON.stringify(list));
    },
    { needs: [allWhenFew], running: true },
  ),

  trackerCase(
    'tracker.get-peers.no-duplicates/eleven-registered',
    'Eleven peers have registered, one of them twice, and one asks forty times: no list names a peer twice.',
    async (tracker) => {
      await tracker.register((await tracker.registrant('peer-3')).id, (await tracker.registrant('elsewhere')).port);
      const lists = await askAmongTen(tracker, 40);
      const wrong = lists.find((list) => new Set(list).size < list.length);
      if (wrong !== undefined) throw new Violation('lists without duplicates', JSON.stringify(wrong));
    },
    { needs: [allWhenFew], running: true },
  ),

  trackerCase(
    allWhenFew,
    '3 other peers have registered: get_peers gives each of them.',
    async (tracker) => expectAll(tracker, await tracker.registerMany('peer-', 3)),
    { needs: [rootCase.tracker, ...answerNeeds('tracker', 'get_peers')] },
  ),

  trackerCase(
    'tracker.get-peers.all-when-few/none-to-five-others',
    'Five other peers register one after the other: get_peers gives each of them, from the time when there is none.',
    async (tracker) => {
      const ids: string[] = [];
      for (let others = 0; others <= 5; others += 1) {
        if (others > 0) ids.push(...(await tracker.registerMany(`peer-${others}-`, 1)));
        await expectAll(tracker, ids);
      }
    },
    { needs: [allWhenFew] },
  ),

  ...[6, 10].map((others) =>
    trackerCase(
      `tracker.get-peers.at-most-five/${others}-others`,
      `${others} other peers have registered: get_peers gives exactly five of them, every time.`,
      async (tracker) => {
        const ids = await tracker.registerMany('peer-', others);
        for (let n = 0; n < 10; n += 1) {
          const list = expectPeerIds(await tracker.getPeers(tracker.known));
          // Others may be among the five, if others use the tracker.
          const wrong = tracker.own(list).filter((id) => !ids.includes(id));
          if (list.length !== 5 || wrong.length > 0) {
            throw new Violation('five of the other peers', `${list.length}: ${JSON.stringify(list)}`);
          }
        }
      },
      { needs: [allWhenFew], running: true },
    ),
  ),

  trackerCase(
    'tracker.get-peers.uniform/each-of-ten-as-often',
    'Ten other peers have registered and one asks 600 times: each of the ten is given about 300 times.',
    async (tracker) => {
      const lists = await askAmongTen(tracker, draws);
      const counts = new Map<string, number>();
      for (const id of lists.flat()) counts.set(id, (counts.get(id) ?? 0) + 1);
      for (let n = 1; n <= 10; n += 1) {
        const count = counts.get(`peer-${n}`) ?? 0;
        if (Math.abs(count - draws / 2) > tolerance) {
          throw new Violation(
            `each of ten peers in ${draws / 2 - tolerance} to ${draws / 2 + tolerance} of ${draws} lists of five`,
            `peer-${n} in ${count}`,
          );
        }
      }
    },
    { needs: [allWhenFew, 'tracker.get-peers.at-most-five/10-others'] },
  ),

  trackerCase(
    'tracker.get-peers.uniform/every-pair',
    'Ten other peers have registered and one asks 600 times: any two of the ten are in some list together.',
    async (tracker) => {
      const lists = await askAmongTen(tracker, draws);
      const ids = Array.from({ length: 10 }, (_, n) => `peer-${n + 1}`);
      for (const [n, one] of ids.entries()) {
        const apart = ids
          .slice(n + 1)
          .find((other) => !lists.some((list) => list.includes(one) && list.includes(other)));
        if (apart === undefined) continue;
        throw new Violation(`${one} and ${apart} together in some of ${draws} lists of five`, 'never');
      }
    },
    { needs: [allWhenFew, 'tracker.get-peers.uniform/each-of-ten-as-often'] },
  ),

  trackerCase(
    'tracker.get-peers.unregistered/stranger',
    'A peer that never registered asks for peers.',
    async (tracker) =>
      `get_peers of a stranger is answered with ${statusOf(expectAnswer(await tracker.getPeers(tracker.id('eve'))))}`,
    { running: true },
  ),
];

/**
 * How often the draw is repeated, and how far a count may lie from its mean. With a uniform draw a count is binomial
 * (600, 1/2), so that |count − 300| > 70 has probability 7.4·10⁻⁹; over ten peers a false alarm has less than 8·10⁻⁸. A given
 * pair is in a list with probability 2/9, so that it is in none of the lists with less than 10⁻⁶⁵.
 */
const draws = 600;
const tolerance = 70;

function statusOf(message: Parameters<typeof field>[0]): string {
  const status = field(message, 'status');
  return status === undefined ? 'no status' : JSON.stringify(status);
}
