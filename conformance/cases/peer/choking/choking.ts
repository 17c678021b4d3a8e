import { peerCase } from '../../case.ts';
import { expectSuccess } from '../../../wire/expect.ts';
import { Violation } from '../../../violation.ts';
import { announceBlock } from '../../../wire/requests.ts';
import { all, askRound, askRounds, expectAtMost, expectServed, lookAtThrees, settle, untilRound } from './rounds.ts';
import { BEST, eightPeers, listedAfter, LONG, misers, SERVES, swarm } from './swarm.ts';

/** So many get_peers take longer than an interval, by the timers of the suite as by those of the report. */
const emptyLists = 6;

const NEWCOMERS = ['late-1', 'late-2', 'late-3'];

export const peerChokingCases = [
  peerCase(
    'peer.choking.at-most-five/eight-known',
    'Five known peers are served, then three more become known: at no time are more than five of them served.',
    async (peer) => {
      const { script } = peer.tracker;
      const entries = peer.peers.map(({ entry }) => entry);
      await untilRound(peer, ({ served }) => served.size === 5, 'blocks for all of five known peers');
      // At most one of these moments can be so late in an interval that the newcomers would be looked at only after it.
      for (const known of [6, 8]) {
        script.draw = () => entries.slice(0, known).slice(-5);
        lookAtThrees(peer, await askRounds(peer, 0.6, 20), 5);
      }
      await settle(peer);
      await expectAtMost(peer, 5, 4);
    },
    {
      setup: () => {
        const setup = swarm(eightPeers([2, 3, 4], [5]), LONG);
        const peers = setup.peers.map((one, n) => (n < 5 ? one : { ...one, listedBy: 'get_peers' as const }));
        return { ...setup, peers, tracker: { ...setup.tracker, draw: (listed) => listed.slice(0, 5) } };
      },
      needs: [SERVES, 'peer.choking.optimistic/fifth-that-contributes'],
    },
  ),

  peerCase(
    'peer.request-block.refuses-choked/eight-known',
    'Eight known peers ask for the same block at once: some of them are refused.',
    async (peer) => {
      await settle(peer);
      const rounds = await askRounds(peer, 2);
      if (rounds.every(({ served }) => served.size === peer.peers.length)) {
        throw new Violation('refusals for the choked ones of eight known peers', 'blocks for all of them, every time');
      }
    },
    { setup: () => swarm(eightPeers([2, 3, 4], [5])), needs: [SERVES] },
  ),

  peerCase(
    'peer.choking.best-four/four-of-eight-have-most',
    'Four of eight known peers have six wanted blocks each, the others one: the four are served.',
    async (peer) => {
      await settle(peer);
      await untilRound(peer, (round) => all(round, BEST), 'blocks for the four that have most of what is wanted');
      expectServed(await askRounds(peer, 2), BEST);
    },
    { setup: () => swarm(eightPeers([2, 3, 4, 5, 6, 7], [7])), needs: [SERVES] },
  ),

  peerCase(
    'peer.choking.best-four/ten-is-more-than-nine',
    'Four of eight known peers have ten wanted blocks each, the others nine: the four are served.',
    async (peer) => {
      await settle(peer);
      await untilRound(peer, (round) => all(round, BEST), 'blocks for the four that have most of what is wanted');
      expectServed(await askRounds(peer, 2), BEST);
    },
    {
      setup: () => swarm(eightPeers([2, 3, 4, 5, 6, 7, 8, 9, 10, 11], [3, 4, 5, 6, 7, 8, 9, 10, 11])),
      needs: ['peer.choking.best-four/four-of-eight-have-most'],
    },
  ),

  peerCase(
    'peer.choking.wanted-only/many-blocks-that-are-there',
    'Four peers have one wanted block each, four others have six blocks that the subject has too: the first four are served.',
    async (peer) => {
      await settle(peer);
      await untilRound(peer, (round) => all(round, BEST), 'blocks for the four that have what is wanted');
      expectServed(await askRounds(peer, 2), BEST);
    },
    {
      setup: () => swarm(eightPeers([6], [0, 1, 2, 3, 4, 5]), { initialBlocks: [0, 1, 2, 3, 4, 5] }),
      needs: [SERVES],
    },
  ),

  peerCase(
    'peer.choking.wanted-only/initial-blocks-that-come-late',
    'Four peers have one wanted block each, four others have the two that the tracker gives late: the first are served.',
    async (peer) => {
      await settle(peer);
      await untilRound(peer, (round) => all(round, BEST), 'blocks for the four that have what is wanted by now');
      expectServed(await askRounds(peer, 2), BEST);
    },
    {
      // The others are taken to be the best as long as nothing but their answers to have_blocks_info is looked at.
      setup: () => ({
        ...swarm(eightPeers([6], [0, 1]), { initialAfterMs: 600 }),
        intervals: { infoMs: 60_000 },
      }),
      needs: ['peer.choking.wanted-only/many-blocks-that-are-there'],
    },
  ),

  peerCase(
    'peer.choking.wanted-only/two-that-contribute',
    'Two of eight known peers have a wanted block, the others none: besides the two, one at most is served at a time.',
    async (peer) => {
      await settle(peer);
      await expectAtMost(peer, 3, 4);
    },
    {
      setup: () =>
        swarm(
          misers({ a: [6], b: [7], ...Object.fromEntries(['c', 'd', 'e', 'f', 'g', 'h'].map((id) => [id, []])) }),
          LONG,
        ),
      needs: [SERVES],
    },
  ),

  peerCase(
    'peer.choking.recomputed/new-best',
    'Four peers have two wanted blocks each, then one of the choked announces three: it is served within two intervals.',
    async (peer) => {
      await settle(peer);
      const { served } = await askRound(peer);
      // One of those without blocks is unchoked as the optimistic one, and would be served without any recomputation.
      const late = peer.peer(NEWCOMERS.find((id) => !served.has(id)) ?? 'late-1');
      for (const index of [3, 4, 5]) {
        late.script.holds.add(index);
        expectSuccess(await late.client.ask(announceBlock(late.id, index)), 'success for an announcement');
      }
      await untilRound(
        peer,
        (round) => round.served.has(late.id),
        'a block for the peer that has most of what is wanted now',
      );
      expectServed(await askRounds(peer, 3), [late.id]);
    },
    {
      // Nobody is asked again for blocks: the announcements have to count.
      setup: () => ({
        ...swarm(
          misers({
            ...Object.fromEntries(BEST.map((id) => [id, [2, 6]])),
            ...Object.fromEntries(NEWCOMERS.map((id) => [id, []])),
          }),
        ),
        intervals: { infoMs: 60_000 },
      }),
      needs: [SERVES, 'peer.announce.counts-holder/asked-for-it'],
    },
  ),

  peerCase(
    'peer.choking.recomputed/alone-at-first',
    'The first lists of the tracker are empty for more than an interval, then a peer is listed: it is served.',
    async (peer) => {
      await settle(peer);
      await untilRound(peer, (round) => all(round, ['ana']), 'a block for the only known peer');
    },
    { setup: () => listedAfter(emptyLists, swarm(misers({ ana: [2, 3] }))), needs: [SERVES] },
  ),
];
