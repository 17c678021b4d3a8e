import { placeholdersPassedTo } from '../../../launch/manifest/passed-placeholders.ts';
import { peerCase } from '../case.ts';
import { expectSuccess, show } from '../../wire/expect.ts';
import type { PeerSetup, PeerStage, SubjectRequest } from '../../stage/peer-stage.ts';
import type { ScriptedPeer } from '../../stage/scripted-peer.ts';
import { Violation } from '../../violation.ts';
import { field } from '../../wire/message.ts';
import { announceBlock } from '../../wire/requests.ts';
import { blockIndex, settledRequests, slowSwarm, toldMs } from './selection-swarm.ts';
import { finishesWithinMs } from '../../time-limits.ts';

const fourPeers = 'peer.selection.rarest-first/four-peers';
const onLearning = 'peer.discovery.infos-on-learning/listed-at-registration';
const holderDies = 'peer.dead.goes-on/holder-dies';

/** How many of the four peers hold a block: 1 to 4, in an order that is not that of the indices. */
const oneToFour = (index: number): number => 1 + ((index * 7 + 2) % 4);

/** A thread that is about to send its request may be kept from it for so long on a busy machine. */
const lateMs = 1_000;

const answeredMs = ({ answeredAtMs = Infinity }: SubjectRequest): number => answeredAtMs;

const isOneOf =
  (blocks: readonly number[]) =>
  (request: SubjectRequest): boolean =>
    blocks.includes(blockIndex(request));

const whenAndWhere = (request: SubjectRequest): string =>
  `at ${request.atMs.toFixed(0)} ms to ${request.to} for block ${blockIndex(request)}`;

/**
 * Throws a violation if a block was asked for while one with fewer holders was left for later; only what the subject asked for
 * when it had long known, since `learnedMs`, who holds what is looked at. That a block cannot be had now, as all its holders are
 * busy with other requests of the subject, is an excuse: it may ask each for one block at a time.
 */
function expectRarestFirst(peer: PeerStage, holders: (index: number) => number, learnedMs = toldMs(peer)): void {
  const { settled, before } = settledRequests(peer, learnedMs);
  const asked = new Set(before.map(blockIndex));
  const isBusy = ({ id }: ScriptedPeer, { atMs }: SubjectRequest): boolean =>
    [...before, ...settled].some((other) => other.to === id && other.atMs < atMs && atMs < answeredMs(other));
  const canBeHad = (index: number, now: SubjectRequest): boolean =>
    peer.peers.some((other) => other.isListening && other.script.holds.has(index) && !isBusy(other, now));
  // Of requests in flight together nobody sees from outside in which order they were sent: a rarer block was left for later
  // only if it is asked for well after the answer.
  for (const request of settled) {
    const index = blockIndex(request);
    const isLate = (other: number): boolean =>
      settled.some((later) => blockIndex(later) === other && later.sinceMs > answeredMs(request) + lateMs);
    const rarer = [...peer.blocks.keys()].filter(
      (other) => !asked.has(other) && holders(other) < holders(index) && isLate(other) && canBeHad(other, request),
    );
    if (rarer.length > 0 && !asked.has(index)) {
      throw new Violation(
        `a request for one of the blocks ${show(rarer)}, which have fewer holders than block ${index}`,
        `requests ${whenAndWhere(request)}, which ${holders(index)} of four peers have, and only then ` +
          settled.filter(isOneOf(rarer)).map(whenAndWhere).join(', '),
      );
    }
    asked.add(index);
  }
}

/** The interval is short, so that few blocks come before the order is looked at. */
const quick = { unchokeMs: 300 };
const MANY = { blocks: 40 };

/** Every other block is in one half, the rest in the other. */
const isOdd = (index: number): boolean => index % 2 === 1;
const [BIA, CAIO] = [1, 2];

/**
 * Ana holds everything, Bia the odd blocks; Caio and Davi hold the even ones. So the even ones have one holder as long as
 * these two do not count, and the odd ones have two; with them the even ones have three.
 */
const halves = (index: number, n: number): boolean => n < BIA || (n < CAIO ? isOdd(index) : !isOdd(index));
const [ODD_HOLDERS, EVEN_HOLDERS, EVEN_HOLDERS_LEFT] = [2, 3, 1];
const withAll = (index: number): number => (isOdd(index) ? ODD_HOLDERS : EVEN_HOLDERS);
const withoutTheTwo = (index: number): number => (isOdd(index) ? ODD_HOLDERS : EVEN_HOLDERS_LEFT);

const twoHalves = (): ReturnType<typeof slowSwarm> => {
  const setup = slowSwarm(halves, MANY);
  return { ...setup, intervals: { ...setup.intervals, ...quick } };
};

const isCaioOrDavi = (_: unknown, n: number): boolean => n >= CAIO;

async function untilTold(peer: PeerStage): Promise<void> {
  await peer.until(
    () => Number.isFinite(toldMs(peer)),
    finishesWithinMs(peer.context.timing, 0),
    'a have_blocks_info to each of four peers',
    () => 'none to some of them',
  );
}

export const peerRarestFirstCases = [
  peerCase(
    fourPeers,
    'Four peers hold each block one to four times: the subject asks for blocks with fewer holders first.',
    async (peer) => {
      await peer.complete();
      expectRarestFirst(peer, oneToFour);
    },
    {
      setup: () => slowSwarm((index, n) => n < oneToFour(index)),
      needs: ['peer.file.exact/from-a-peer', onLearning],
    },
  ),

  peerCase(
    'peer.selection.rarest-first/four-in-flight',
    'Four requests may be in flight, four peers hold each block one to four times: those with fewer holders are sent first.',
    async (peer) => {
      await peer.complete();
      expectRarestFirst(peer, oneToFour);
    },
    {
      // Each peer has rare blocks, so that nobody is busy with all of them.
      setup: (): PeerSetup => {
        const holds = (index: number, n: number): boolean => (n + Math.floor(index / 4)) % 4 < oneToFour(index);
        const setup = slowSwarm(holds, { ...MANY, answerAfterMs: 300 });
        return { ...setup, intervals: { ...setup.intervals, ...quick }, window: 4 };
      },
      needs: [fourPeers],
      inapplicable: (manifest) =>
        placeholdersPassedTo('peer', manifest).has('window')
          ? undefined
          : 'the manifest passes no {window} on to the peer',
    },
  ),

  peerCase(
    'peer.selection.rarest-first/holders-learned-later',
    'Two peers that get_peers lists later make one half of the blocks the more common one: the other half is asked for first.',
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
    'Two peers announce one half of the blocks, which is the more common one then, a third one again what it has: the other half is asked for first.',
    async (peer) => {
      await untilTold(peer);
      for (const { id, client, script } of peer.peers.slice(BIA)) {
        const announced = [...peer.blocks.keys()].filter((index) => isOdd(index) === (id === 'bia'));
        for (const index of announced) script.holds.add(index);
        const answers = await Promise.all(announced.map((index) => client.ask(announceBlock(id, index))));
        for (const answer of answers) expectSuccess(answer, 'success for an announcement');
      }
      const announcedMs = peer.context.transcript.nowMs();
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
    'Two of four peers die at once, and the subject reports them: the blocks that they had are the rare ones from then on.',
    async (peer) => {
      await untilTold(peer);
      const dead = peer.peers.filter(isCaioOrDavi);
      const { script } = peer.tracker;
      const { listed } = script;
      script.listed = (by) => listed(by).filter((entry) => !dead.some(({ id }) => id === entry.peer_id));
      for (const other of dead) other.leave();
      await peer.complete();
      // Whether it reports them is for another clause; as long as it does not, it may not have noticed.
      const reportsMs = dead.map(
        ({ id }) =>
          peer.tracker.seen('peer_offline').find(({ body }) => field(body, 'dead_peer_id') === id)?.atMs ?? Infinity,
      );
      expectRarestFirst(peer, withoutTheTwo, Math.max(...reportsMs));
    },
    { setup: twoHalves, needs: [fourPeers, holderDies] },
  ),
];
