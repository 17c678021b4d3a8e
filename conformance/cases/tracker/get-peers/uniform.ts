import { Violation } from '../../../violation.ts';
import { show } from '../../../wire/expect.ts';
import { trackerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { askAmongTen, askOften } from '../get-peers.ts';

/**
 * How often get_peers is asked, and how far a count may lie from its mean. With a uniform draw a count is binomial (600, 1/2):
 * |count − 300| > 70 has probability 7.4·10⁻⁹, so ten peers together raise a false alarm with less than 8·10⁻⁸. A list has a given
 * pair with probability 2/9, so that no list has it with less than 10⁻⁶⁵.
 */
const draws = 600;

const tolerance = 70;

/**
 * A list lacks a given one of 25 with probability 4/5, so that 120 lists lack some of them with less than 25 · 0.8¹²⁰ = 6·10⁻¹¹. A
 * peer that is never drawn is never listed.
 */
const drawsAmong25 = 120;

export const uniformCases = [
  trackerCase(
    'tracker.get-peers.uniform/each-of-ten-as-often',
    'Ten other peers are registered and one asks 600 times: get_peers lists each of the ten about 300 times.',
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
    {
      needs: [keyCases.answersRead.tracker, 'tracker.get-peers.at-most-five/10-others'],
      sharedBy: 'requests',
      // A tracker that lists a peer with a probability of 3/10 at most lists it in 230 of 600 lists with less than 10⁻⁵.
      chance: { falseAlarm: 8e-8, miss: 1e-5 },
    },
  ),

  trackerCase(
    'tracker.get-peers.uniform/every-pair',
    'Ten other peers are registered and one asks 600 times: some list has each pair of the ten.',
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
    {
      needs: [keyCases.answersRead.tracker, 'tracker.get-peers.uniform/each-of-ten-as-often'],
      sharedBy: 'requests',
      // Any of 45 pairs may be missing. A tracker that never lists two peers together never passes.
      chance: { falseAlarm: 1e-63, miss: 0 },
    },
  ),

  trackerCase(
    'tracker.get-peers.uniform/each-of-25',
    'Twenty-five other peers are registered and one asks 120 times: some list has each of them.',
    async (tracker) => {
      const ids = await tracker.registerMany('crowd-', 25);
      const seen = new Set((await askOften(tracker, drawsAmong25)).flat());
      const never = ids.filter((id) => !seen.has(id));
      if (never.length > 0)
        throw new Violation(`each of 25 peers in some of ${drawsAmong25} lists of five`, `never ${show(never)}`);
    },
    {
      needs: [keyCases.answersRead.tracker, 'tracker.get-peers.at-most-five/10-others'],
      sharedBy: 'requests',
      chance: { falseAlarm: 6e-11, miss: 0 },
    },
  ),
];
