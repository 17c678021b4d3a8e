import { peerCase } from '../case.ts';
import { expectSuccess, show } from '../expect.ts';
import type { PeerStage } from '../stage/peer-stage.ts';
import { completionDeadlineMs } from '../stage/context.ts';
import { sampleBlocks } from '../stage/sample-text.ts';
import { miser, type PeerScript } from '../stage/scripted-peer.ts';
import { Violation } from '../violation.ts';
import { field } from '../wire/message.ts';
import { announceBlock, requestBlock } from '../wire/requests.ts';

const SERVES = 'peer.request-block.serves/initial-block';

/** A block that the subject has. */
const HELD = 0;

const misers = (holdings: Readonly<Record<string, readonly number[]>>): readonly PeerScript[] =>
  Object.entries(holdings).map(([id, holds]) => miser(id, holds));

/** Whom the subject served when everybody asked for the same block, and when that was. */
interface Round {
  readonly served: ReadonlySet<string>;
  readonly startMs: number;
  readonly endMs: number;
}

async function askRound(peer: PeerStage): Promise<Round> {
  const { transcript } = peer.context;
  const startMs = transcript.nowMs();
  const answers = await Promise.all(
    peer.peers.map(async ({ id, client }) => ({ id, answer: await client.ask(requestBlock(id, HELD)) })),
  );
  const served = answers.filter(({ answer }) => field(answer.value, 'status') === 'success').map(({ id }) => id);
  return { served: new Set(served), startMs, endMs: transcript.nowMs() };
}

/**
 * Waits until the choice of the subject rests on all that it can know: every peer has told it what it has, the initial blocks
 * are there, and an interval has passed since. A subject that does not come so far is judged as it is.
 */
async function settle(peer: PeerStage): Promise<void> {
  const { transcript, timing } = peer.context;
  const initial = peer.tracker.script.initialBlocks;
  const gone = (): boolean => peer.program.exit !== undefined;
  const informed = (): boolean =>
    peer.peers.every((other) => other.seen('have_blocks_info').length > 0) &&
    peer.tracker.seen('request_block_tracker').length >= initial.length;
  await transcript.watch.until(() => informed() || gone(), completionDeadlineMs(timing, initial.length));
  await transcript.watch.until(gone, 500 + timing.unchokeMs + timing.blockMs);
}

/** Asks in rounds, five per interval, for so many intervals. */
async function askRounds(peer: PeerStage, intervals: number): Promise<Round[]> {
  const { transcript, timing } = peer.context;
  const rounds: Round[] = [];
  const endMs = transcript.nowMs() + intervals * timing.unchokeMs;
  while (transcript.nowMs() < endMs) {
    rounds.push(await askRound(peer));
    await transcript.watch.until(() => peer.program.exit !== undefined, timing.unchokeMs / 5);
  }
  return rounds;
}

/** Asks once in each of so many intervals; between two rounds there is a recomputation for certain. */
async function askOncePerInterval(peer: PeerStage, intervals: number): Promise<Round[]> {
  const rounds: Round[] = [];
  while (rounds.length < intervals) {
    rounds.push(await askRound(peer));
    await peer.context.transcript.watch.until(
      () => peer.program.exit !== undefined,
      1.2 * peer.context.timing.unchokeMs,
    );
  }
  return rounds;
}

/** Waits for a round that satisfies the condition: the subject may take some intervals to learn what it needs. */
async function untilRound(peer: PeerStage, condition: (round: Round) => boolean, expected: string): Promise<void> {
  const { transcript, timing } = peer.context;
  const deadlineMs = transcript.nowMs() + 10_000 + timing.infoMs + 4 * timing.unchokeMs + 2 * timing.blockMs;
  let last: Round | undefined;
  while (transcript.nowMs() < deadlineMs && peer.program.exit === undefined) {
    last = await askRound(peer);
    if (condition(last)) return;
    await transcript.watch.until(() => peer.program.exit !== undefined, timing.unchokeMs / 5);
  }
  throw new Violation(expected, `in the end, blocks for ${show([...(last?.served ?? [])])}`);
}

/**
 * Throws a violation if more peers are served at a time, in three rounds in a row within one interval. A recomputation that
 * falls into a round changes the set in its midst, but not in all three.
 */
function expectAtMost(rounds: readonly Round[], most: number, intervalMs: number): void {
  for (const [n, first] of rounds.entries()) {
    const last = rounds[n + 2];
    if (last === undefined || last.endMs - first.startMs > intervalMs) continue;
    if (rounds.slice(n, n + 3).every(({ served }) => served.size > most)) {
      throw new Violation(`at most ${most} peers served at a time`, `blocks for ${show([...first.served])}`);
    }
  }
}

/**
 * Throws a violation if two rounds in a row lack one of the peers: one alone may have met the very moment of a
 * recomputation.
 */
function expectServed(rounds: readonly Round[], ids: readonly string[]): void {
  for (const [n, round] of rounds.entries()) {
    const next = rounds[n + 1];
    if (next === undefined || all(round, ids) || all(next, ids)) continue;
    throw new Violation(`blocks for ${show(ids)} in every interval`, `blocks for ${show([...next.served])}`);
  }
}

/** So long that three rounds fit into it on a busy machine. */
const LONG = { unchokeMs: 1_000 };

const all = (round: Round, ids: readonly string[]): boolean => ids.every((id) => round.served.has(id));

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
    { setup: () => ({ peers: eightPeers([2, 3, 4], [5]), intervals: LONG }), needs: [SERVES] },
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
    { setup: () => ({ peers: eightPeers([2, 3, 4], [5]) }), needs: [SERVES] },
  ),

  peerCase(
    'peer.choking.best-four/four-of-eight-have-most',
    'Four of eight known peers have six wanted blocks each, the others one: the four are served.',
    async (peer) => {
      await settle(peer);
      await untilRound(peer, (round) => all(round, BEST), 'blocks for the four that have most of what is wanted');
      expectServed(await askRounds(peer, 2), BEST);
    },
    { setup: () => ({ peers: eightPeers([2, 3, 4, 5, 6, 7], [7]) }), needs: [SERVES] },
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
      setup: () => ({
        blocks: sampleBlocks(12),
        peers: eightPeers([2, 3, 4, 5, 6, 7, 8, 9, 10, 11], [3, 4, 5, 6, 7, 8, 9, 10, 11]),
      }),
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
      setup: () => ({ peers: eightPeers([6], [0, 1, 2, 3, 4, 5]), tracker: { initialBlocks: [0, 1, 2, 3, 4, 5] } }),
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
      setup: () => ({
        peers: misers({ a: [6], b: [7], ...Object.fromEntries(['c', 'd', 'e', 'f', 'g', 'h'].map((id) => [id, []])) }),
        intervals: LONG,
      }),
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
      setup: () => ({ peers: misers({ ...Object.fromEntries(BEST.map((id) => [id, [2, 3]])), none: [] }) }),
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
    { setup: () => ({ peers: eightPeers([2, 3, 4], []) }), needs: ['peer.choking.best-four/four-of-eight-have-most'] },
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
      setup: () => ({
        peers: misers({
          ...Object.fromEntries(BEST.map((id) => [id, [2, 6]])),
          ...Object.fromEntries(NEWCOMERS.map((id) => [id, []])),
        }),
      }),
      needs: [SERVES, 'peer.announce.counts-holder/asked-for-it'],
    },
  ),
];
