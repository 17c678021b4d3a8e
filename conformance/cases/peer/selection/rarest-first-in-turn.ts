import type { PeerSetup, PeerStage, SubjectRequest } from '../../../stage/peer-stage.ts';
import { sampleBlocks } from '../../../stage/sample-blocks.ts';
import { finishesWithinMs } from '../../../time-limits.ts';
import { Inapplicable, TimedViolation } from '../../../violation.ts';
import { peerCase } from '../../case.ts';
import { blockIndex, trackerWithAll } from '../../swarms.ts';
import { allToldMs, isBlockRequest, settledRequests } from './swarm.ts';

const fourPeers = 'peer.selection.rarest-first/four-peers';

/**
 * Throws a violation if the subject asked for a block before one with fewer holders. All peers must serve whatever they hold. With
 * one request in flight, the order in which requests arrive is the order of the subject's choices.
 * @throws Inapplicable if several requests were in flight
 */
function expectRarestInTurn(peer: PeerStage, holders: (index: number) => number): void {
  const requests = peer.requests().filter(isBlockRequest);
  const overlap = (request: SubjectRequest, next: SubjectRequest | undefined): boolean =>
    next !== undefined && next.atMs < (request.answeredAtMs ?? Infinity);
  if (requests.some((request, n) => overlap(request, requests[n + 1])))
    throw new Inapplicable('the peer has several block requests in flight');
  const { before, settled } = settledRequests(peer);
  const left = new Set([...peer.blocks.keys()].filter((index) => !before.some((one) => blockIndex(one) === index)));
  for (const request of settled) {
    const index = blockIndex(request);
    if (!left.delete(index)) continue;
    const rarer = [...left].find((other) => holders(other) < holders(index));
    if (rarer === undefined) continue;
    throw new TimedViolation(
      `a request for block ${rarer} or another one that ${holders(rarer)} of ${peer.peers.length} peers have, or fewer`,
      `one at ${request.atMs.toFixed(0)} ms for block ${index}, which ${holders(index)} of them have`,
    );
  }
}

/** Waits until the subject has sent so many requests that rest on the blocks of all peers. */
async function untilSettled(peer: PeerStage, requests: number): Promise<void> {
  const isOver = (): boolean => Number.isFinite(allToldMs(peer)) && settledRequests(peer).settled.length >= requests;
  const { timing, transcript } = peer.context;
  await transcript.watch.until(() => isOver() || peer.program.exit !== undefined, finishesWithinMs(timing, requests));
}

interface Swarm {
  readonly blocks: number;
  readonly peers: number;
  readonly holds: (index: number, peer: number) => boolean;
  readonly answerAfterMs: number;
}

/** A short interval, so that what the subject asks for soon rests on the blocks of all peers. */
const shortInterval = { unchokeMs: 150 };

/** The subject knows all peers from the start, and each serves whatever it holds. */
function servingSwarm({ blocks: count, peers, holds, answerAfterMs }: Swarm): PeerSetup {
  const blocks = sampleBlocks(count);
  return {
    blocks,
    peers: Array.from({ length: peers }, (_, n) => ({
      id: `peer-${n + 1}`,
      holds: new Set([...blocks.keys()].filter((index) => holds(index, n))),
      answerAfterMs,
    })),
    tracker: trackerWithAll(blocks),
    longInfos: true,
    intervals: shortInterval,
  };
}

/** Few blocks with one holder among many that all four peers have. */
const [manyBlocks, rare] = [500, [7, 122, 223, 310, 449]];

const holdersOfFew = (index: number): number => (rare.includes(index) ? 1 : 4);

/** So long that the first request is answered when the choices rest on all peers, and shorter than any time limit of an exchange. */
const firstAnswerAfterMs = 950;
const laterAnswerAfterMs = 150;

/**
 * Three to five of five peers have each block: counting up to four is not enough. A subject has all five unchoked, so that none
 * is out of its reach that trades with unchoked peers only.
 */
const holdersOfMany = (index: number): number => 3 + (index % 3);

export const rarestFirstInTurnCases = [
  peerCase(
    'peer.selection.rarest-first/from-the-start',
    'Five of 500 blocks have one holder, the others four: the subject asks for these five as soon as it knows that.',
    async (peer) => {
      await untilSettled(peer, 1);
      for (const { script } of peer.peers) script.answerAfterMs = laterAnswerAfterMs;
      await untilSettled(peer, rare.length + 1);
      expectRarestInTurn(peer, holdersOfFew);
    },
    {
      setup: () =>
        servingSwarm({
          blocks: manyBlocks,
          peers: 4,
          holds: (index, n) => !rare.includes(index) || rare.indexOf(index) % 4 === n,
          answerAfterMs: firstAnswerAfterMs,
        }),
      needs: [fourPeers],
      // A subject whose first three requests or more are drawn at random, the first one before it knows all peers, passes if the
      // others are for two of the five: 5/499 · 4/498 = 8·10⁻⁵.
      chance: { falseAlarm: 0, miss: 8.1e-5 },
    },
  ),

  peerCase(
    'peer.selection.rarest-first/five-peers',
    'Each block has three to five holders among five peers: the subject asks for blocks with fewer holders first.',
    async (peer) => {
      await peer.complete();
      expectRarestInTurn(peer, holdersOfMany);
    },
    {
      setup: () =>
        servingSwarm({
          blocks: 40,
          peers: 5,
          holds: (index, n) => (n + index) % 5 < holdersOfMany(index),
          answerAfterMs: 60,
        }),
      needs: [fourPeers],
    },
  ),
];
