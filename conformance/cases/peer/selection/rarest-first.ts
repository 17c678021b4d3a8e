import { placeholdersPassedTo } from '../../../../launch/manifest/passed-placeholders.ts';
import type { PeerSetup, PeerStage, SubjectRequest } from '../../../stage/peer-stage.ts';
import type { ScriptedPeer } from '../../../stage/scripted-peer.ts';
import { actsOnNewsWithinMs, finishesWithinMs } from '../../../time-limits.ts';
import { TimedViolation } from '../../../violation.ts';
import { show } from '../../../wire/expect.ts';
import { field } from '../../../wire/message.ts';
import { announceBlock } from '../../../wire/requests.ts';
import { peerCase } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { blockIndex } from '../../swarms.ts';
import { allToldMs, defaultAnswerAfterMs, settledRequests, slowSwarm } from './swarm.ts';

const fourPeers = 'peer.selection.rarest-first/four-peers';

const holderDies = 'peer.dead.goes-on/holder-dies';

/** How many of the four peers hold a block: 1 to 4, in an order that is not that of the indices. */
const oneToFour = (index: number): number => 1 + ((index * 7 + 2) % 4);

/** How long a busy machine may hold up a thread that is about to send its request. */
const sendDelayMs = 1_000;

const answeredMs = ({ answeredAtMs = Infinity }: SubjectRequest): number => answeredAtMs;

const isOneOf =
  (blocks: readonly number[]) =>
  (request: SubjectRequest): boolean =>
    blocks.includes(blockIndex(request));

const whenAndWhere = (request: SubjectRequest): string =>
  `at ${request.atMs.toFixed(0)} ms to ${request.to} for block ${blockIndex(request)}`;

/**
 * Throws a violation if the subject asked for a block before one with fewer holders. It looks only at requests that rest on
 * what the subject has known since `learnedMs`, and excuses a rarer block whose holders are all busy with other requests of the
 * subject, since it may ask each for one block at a time.
 */
function expectRarestFirst(peer: PeerStage, holders: (index: number) => number, learnedMs = allToldMs(peer)): void {
  const { settled, before } = settledRequests(peer, learnedMs);
  const asked = new Set(before.map(blockIndex));
  const isBusy = ({ id }: ScriptedPeer, { atMs }: SubjectRequest): boolean =>
    [...before, ...settled].some((other) => other.to === id && other.atMs < atMs && atMs < answeredMs(other));
  const isAvailable = (index: number, now: SubjectRequest): boolean =>
    peer.peers.some((other) => other.isListening && other.script.holds.has(index) && !isBusy(other, now));
  // The order in which requests in flight together were sent is not visible from outside. So the rarer block must have been
  // asked for well after the answer for the common one.
  for (const request of settled) {
    const index = blockIndex(request);
    const isLate = (other: number): boolean =>
      settled.some((later) => blockIndex(later) === other && later.sinceMs > answeredMs(request) + sendDelayMs);
    const rarer = [...peer.blocks.keys()].filter(
      (other) => !asked.has(other) && holders(other) < holders(index) && isLate(other) && isAvailable(other, request),
    );
    if (rarer.length > 0 && !asked.has(index)) {
      throw new TimedViolation(
        `a request for one of the blocks ${show(rarer)}, which have fewer holders than block ${index}`,
        `requests ${whenAndWhere(request)}, which ${holders(index)} of four peers have, and only then ` +
          settled.filter(isOneOf(rarer)).map(whenAndWhere).join(', '),
      );
    }
    asked.add(index);
  }
}

/** A short interval and many blocks, so that most blocks are still missing when the subject's choices are settled. */
const shortInterval = { unchokeMs: 300 };
const manyBlocks = { blocks: 40 };

/** The two halves of the file: the odd blocks and the even ones. */
const isOdd = (index: number): boolean => index % 2 === 1;

const [bia, caio] = [1, 2];

/**
 * Ana holds every block, Bia the odd ones, Caio and Davi the even ones. So an odd block has two holders; an even block has three
 * with Caio and Davi, and one without them.
 */
const halves = (index: number, n: number): boolean => n < bia || (n < caio ? isOdd(index) : !isOdd(index));

const [oddHolders, evenHolders, evenHoldersLeft] = [2, 3, 1];

const withAll = (index: number): number => (isOdd(index) ? oddHolders : evenHolders);

const withoutTheTwo = (index: number): number => (isOdd(index) ? oddHolders : evenHoldersLeft);

const twoHalves = () => ({ ...slowSwarm(halves, manyBlocks), intervals: shortInterval });

const isCaioOrDavi = (_: unknown, n: number): boolean => n >= caio;

/** So slow that the subject gets only a few blocks while it learns that peers died. */
const slowAnswerMs = 500;

/** How long a busy machine may hold up a thread that has read an answer before it takes it in. */
const takesInMs = 300;

/** Waits until all peers have told the subject their blocks, and it has taken that in. */
async function untilAllTold(peer: PeerStage): Promise<void> {
  await peer.until(
    () => Number.isFinite(allToldMs(peer)),
    finishesWithinMs(peer.context.timing, 0),
    'a have_blocks_info to each of four peers',
    () => 'none to some of them',
  );
  await waitUntil(peer, allToldMs(peer) + takesInMs);
}

/** Waits until a time of the transcript, or until the program exits. */
async function waitUntil(peer: PeerStage, untilMs: number): Promise<void> {
  const { transcript } = peer.context;
  if (Number.isFinite(untilMs))
    await transcript.watch.until(() => peer.program.exit !== undefined, untilMs - transcript.nowMs());
}

/**
 * When the subject has reported all these peers as dead; Infinity if it does not. Whether it does is for peer.dead.reported; before
 * it does, it may not have noticed.
 */
async function whenReported(peer: PeerStage, dead: readonly ScriptedPeer[]): Promise<number> {
  const reportedMs = (): number =>
    Math.max(
      ...dead.map(
        ({ id }) =>
          peer.tracker.seen('peer_offline').find(({ body }) => field(body, 'dead_peer_id') === id)?.atMs ?? Infinity,
      ),
    );
  const { transcript, timing } = peer.context;
  const isOver = (): boolean => Number.isFinite(reportedMs()) || peer.program.exit !== undefined;
  await transcript.watch.until(isOver, finishesWithinMs(timing, 0));
  return reportedMs();
}

export const rarestFirstCases = [
  peerCase(
    'peer.selection.rarest-first/four-peers',
    'Each block has one to four holders among four peers: the subject asks for blocks with fewer holders first.',
    async (peer) => {
      await peer.complete();
      expectRarestFirst(peer, oneToFour);
    },
    {
      setup: () => slowSwarm((index, n) => n < oneToFour(index)),
      needs: [keyCases.downloadsFromPeer, keyCases.asksNewPeersForBlocks],
    },
  ),

  peerCase(
    'peer.selection.rarest-first/four-in-flight',
    'Each block has one to four holders, and four requests may be in flight: the subject asks for blocks with fewer holders first.',
    async (peer) => {
      await peer.complete();
      expectRarestFirst(peer, oneToFour);
    },
    {
      // Each peer has rare blocks, so that no peer is busy with all of them.
      setup: (): PeerSetup => {
        const holds = (index: number, n: number): boolean => (n + Math.floor(index / 4)) % 4 < oneToFour(index);
        const setup = slowSwarm(holds, { ...manyBlocks, answerAfterMs: 300 });
        return { ...setup, intervals: shortInterval, window: 4 };
      },
      needs: [fourPeers],
      inapplicable: (manifest) =>
        placeholdersPassedTo('peer', manifest).has('window')
          ? undefined
          : 'the manifest does not pass {window} to the peer',
    },
  ),

  peerCase(
    'peer.selection.rarest-first/holders-learned-later',
    'Two peers, which get_peers lists later, make one half of the blocks more common than the other: the subject asks for the other half first.',
    async (peer) => {
      await peer.complete();
      expectRarestFirst(peer, withAll);
    },
    {
      setup: (): PeerSetup => {
        const setup = twoHalves();
        const late = { listedBy: 'get_peers' } as const;
        return { ...setup, peers: setup.peers.map((one, n) => (isCaioOrDavi(one, n) ? { ...one, ...late } : one)) };
      },
      needs: [fourPeers, 'peer.discovery.infos-on-learning/listed-later'],
    },
  ),

  peerCase(
    'peer.selection.rarest-first/holders-that-announce',
    'Two peers announce one half of the blocks, which makes it more common, and a third announces again what it has: the subject asks for the other half first.',
    async (peer) => {
      await untilAllTold(peer);
      let isTold = true;
      for (const { id, client, script } of peer.peers.slice(bia)) {
        const announced = [...peer.blocks.keys()].filter((index) => isOdd(index) === (id === 'bia'));
        for (const index of announced) script.holds.add(index);
        const answers = await Promise.all(announced.map((index) => client.ask(announceBlock(id, index))));
        isTold &&= answers.every(({ value }) => field(value, 'status') === 'success');
      }
      // A subject that has many requests in flight may be complete, and gone, before that.
      const announcedMs = isTold ? peer.context.transcript.nowMs() : Infinity;
      await peer.complete();
      expectRarestFirst(peer, withAll, announcedMs);
    },
    {
      setup: (): PeerSetup => {
        const setup = twoHalves();
        const empty = (): object => ({ holds: new Set<number>() });
        return { ...setup, peers: setup.peers.map((one, n) => (isCaioOrDavi(one, n) ? { ...one, ...empty() } : one)) };
      },
      needs: [fourPeers, 'peer.announce.counts-holder/asked-for-it'],
    },
  ),

  peerCase(
    'peer.selection.rarest-first/holders-that-die',
    'Two of four peers die, and the subject reports them: from then on it asks first for the blocks that these two had.',
    async (peer) => {
      await untilAllTold(peer);
      const dead = peer.peers.filter(isCaioOrDavi);
      const left = peer.peers.filter((other) => !dead.includes(other));
      const { script } = peer.tracker;
      const { listed } = script;
      script.listed = (by) => listed(by).filter((entry) => !dead.some(({ id }) => id === entry.peer_id));
      // Most blocks must still be missing when the subject acts on the deaths.
      for (const other of left) other.script.answerAfterMs = slowAnswerMs;
      for (const other of dead) other.leave();
      const reportedMs = await whenReported(peer, dead);
      await waitUntil(peer, reportedMs + actsOnNewsWithinMs(peer.context.timing));
      for (const other of left) other.script.answerAfterMs = defaultAnswerAfterMs;
      await peer.complete();
      expectRarestFirst(peer, withoutTheTwo, reportedMs);
    },
    { setup: twoHalves, needs: [fourPeers, holderDies] },
  ),
];
