import { peerCase } from '../case.ts';
import { expectSuccess, show } from '../expect.ts';
import type { PeerSetup } from '../stage/peer-stage.ts';
import { grant, withhold } from '../stage/replies.ts';
import { sampleBlocks } from '../stage/sample-text.ts';
import { miser, type PeerScript } from '../stage/scripted-peer.ts';
import { Violation } from '../violation.ts';
import { announceBlock } from '../wire/requests.ts';
import {
  all,
  askOncePerInterval,
  askRound,
  askRounds,
  expectAtMost,
  expectServed,
  settle,
  untilRound,
} from './choking-rounds.ts';

const SERVES = 'peer.request-block.serves/initial-block';

/** Blocks up to this one are in the hands of peers that refuse them; the others nobody has. */
const FIRST_FREE = 12;
const BLOCKS = 24;
const FREE_EVERY_MS = 15_000;

/**
 * The setup of a swarm of peers that refuse every request, so that the subject stays incomplete. From time to time the tracker
 * gives one of the blocks that nobody has: a subject may give up when nothing has moved on for long.
 */
function swarm(peers: readonly PeerScript[], { initialBlocks = [0, 1], unchokeMs = 0 } = {}): PeerSetup {
  const blocks = sampleBlocks(BLOCKS);
  const startMs = performance.now();
  const isFree = (index: number): boolean => (index - FIRST_FREE + 1) * FREE_EVERY_MS < performance.now() - startMs;
  return {
    blocks,
    peers,
    tracker: {
      initialBlocks,
      block: (index) =>
        initialBlocks.includes(index) || (index >= FIRST_FREE && isFree(index))
          ? grant(index, blocks)
          : withhold(index),
    },
    ...(unchokeMs === 0 ? {} : { intervals: { unchokeMs } }),
  };
}

const misers = (holdings: Readonly<Record<string, readonly number[]>>): readonly PeerScript[] =>
  Object.entries(holdings).map(([id, holds]) => miser(id, holds));

/** So long that three rounds fit into it on a busy machine. */
const LONG = { unchokeMs: 1_000 };

const BEST = ['best-1', 'best-2', 'best-3', 'best-4'];
const NEWCOMERS = ['late-1', 'late-2', 'late-3'];

const eightPeers = (best: readonly number[], other: readonly number[]): readonly PeerScript[] =>
  misers({
    ...Object.fromEntries(BEST.map((id) => [id, best])),
    ...Object.fromEntries([1, 2, 3, 4].map((n) => [`other-${n}`, other])),
  });

export const peerChokingCases = [
  peerCase(
    'peer.choking.at-most-five/eight-known',
    'Eight known peers ask for the same block again and again: at no time are more than five of them served.',
    async (peer) => {
      await settle(peer);
      const rounds = await askRounds(peer, 4);
      expectAtMost(rounds, 5, peer.context.timing.unchokeMs);
    },
    { setup: () => swarm(eightPeers([2, 3, 4], [5]), LONG), needs: [SERVES] },
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
    'peer.choking.wanted-only/two-that-contribute',
    'Two of eight known peers have a wanted block, the others none: besides the two, one at most is served at a time.',
    async (peer) => {
      await settle(peer);
      const rounds = await askRounds(peer, 4);
      expectAtMost(rounds, 3, peer.context.timing.unchokeMs);
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
    'peer.choking.optimistic/fifth-of-five',
    'Four of five known peers have wanted blocks, the fifth has none: it is served as well, as the optimistic one.',
    async (peer) => {
      await untilRound(peer, (round) => round.served.has('none'), 'a block for the fifth known peer, who has none');
    },
    {
      setup: () => swarm(misers({ ...Object.fromEntries(BEST.map((id) => [id, [2, 3]])), none: [] })),
      needs: [SERVES],
    },
  ),

  peerCase(
    'peer.choking.optimistic/drawn-anew',
    'Four of eight known peers have wanted blocks: of the others, more than one is served over twelve intervals.',
    async (peer) => {
      await settle(peer);
      await untilRound(peer, (round) => all(round, BEST), 'blocks for the four that have what is wanted');
      // A uniform draw among four gives the same one eleven times running after the first with probability 4^-11 < 10^-6.
      const rounds = await askOncePerInterval(peer, 12);
      const drawn = new Set(rounds.flatMap(({ served }) => [...served]).filter((id) => !BEST.includes(id)));
      if (drawn.size < 2) throw new Violation('several optimistic peers over twelve intervals', show([...drawn]));
    },
    { setup: () => swarm(eightPeers([2, 3, 4], [])), needs: ['peer.choking.best-four/four-of-eight-have-most'] },
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
      setup: () =>
        swarm(
          misers({
            ...Object.fromEntries(BEST.map((id) => [id, [2, 6]])),
            ...Object.fromEntries(NEWCOMERS.map((id) => [id, []])),
          }),
        ),
      needs: [SERVES, 'peer.announce.counts-holder/asked-for-it'],
    },
  ),
];
