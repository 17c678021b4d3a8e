import { peerCase } from '../case.ts';
import { show } from '../../wire/expect.ts';
import type { PeerSetup, PeerStage, SubjectRequest } from '../../stage/peer-stage.ts';
import { grant } from '../../stage/replies.ts';
import { sampleBlocks } from '../../stage/sample-blocks.ts';
import { Violation } from '../../violation.ts';
import { field } from '../../wire/message.ts';
import type { Reply } from '../../wire/scripted-server.ts';
import { announcesWithinMs, goesOnWithinMs } from '../../time-limits.ts';

const acts = 'peer.discovery.periodic/anything-at-all';
const goesOn = 'wire.keep-alive.client-goes-on/after-the-registration';

/** The cases without which a peer does nothing of its own after its registration. */
export const goingOn: readonly string[] = [acts, goesOn];

/** So slow that requests to the same server come together, and so quick that nobody waits. */
const answerAfterMs = 40;

/** Everybody answers so many requests on a connection, says beforehand that it will be more if it is more than one, and closes. */
const closingAfter = (answers: number) => (): PeerSetup => {
  const blocks = sampleBlocks(8);
  const transformReply = (reply: Reply): Reply => {
    if (reply.kind !== 'message') return reply;
    const message = answers > 1 ? { ...reply.message, keep_alive: true } : reply.message;
    return { ...reply, message, closesAfter: answers };
  };
  return {
    blocks,
    peers: [
      { id: 'ana', holds: new Set([2, 3, 4]), transformReply },
      {
        id: 'bia',
        holds: new Set(),
        transformReply: (reply) => ({ ...transformReply(reply), afterMs: answerAfterMs }),
      },
    ],
    tracker: { block: (index) => grant(index, blocks), transformReply },
  };
};

/** The blocks whose announcement to a peer came when the connection was not to be answered any more, and never again. */
function lostAnnouncements(peer: PeerStage, answers: number): unknown[] {
  const seen = peer.peer('bia').seen('announce_block');
  const answered = new Set(seen.filter(({ before }) => before < answers).map(({ body }) => field(body, 'block_index')));
  return seen.map(({ body }) => field(body, 'block_index')).filter((index) => !answered.has(index));
}

async function losesNothing(peer: PeerStage, answers: number): Promise<void> {
  await peer.complete();
  const { transcript, timing } = peer.context;
  const nothingIsLost = (): boolean => lostAnnouncements(peer, answers).length === 0;
  await transcript.watch.until(nothingIsLost, announcesWithinMs(timing));
  if (nothingIsLost()) return;
  throw new Violation(
    'each announcement sent again that a closed connection left without an answer',
    `none for blocks ${show(lostAnnouncements(peer, answers))}`,
  );
}

/** Whether every earlier request on its connection asked to keep it open. */
function mayFollow(request: SubjectRequest, requests: readonly SubjectRequest[]): boolean {
  return requests
    .filter(({ connection, before }) => connection === request.connection && before < request.before)
    .every(({ body }) => field(body, 'keep_alive') === true);
}

const needs = ['peer.tracker-last.nobody-has/alone', 'peer.file.exact/from-a-peer'];

export const peerConnectionCases = [
  peerCase(
    'wire.exchange.one-request/servers-that-close',
    'No server keeps a connection: the subject sends one request on each, unless it has asked to keep it.',
    async (peer) => {
      await peer.complete();
      const requests = peer.requests();
      const second = requests.find((request) => request.before > 0 && !mayFollow(request, requests));
      if (second === undefined) return;
      throw new Violation('one request on each connection', `${second.action} as request ${second.before + 1} of one`);
    },
    { setup: closingAfter(1), needs },
  ),

  peerCase(
    acts,
    'A peer has registered and is incomplete: within an interval it asks the tracker or another peer for something.',
    async (peer) => {
      const further = (): boolean => peer.requests().some(({ action }) => action !== 'register');
      const expected = 'a request after the registration';
      await peer.until(further, goesOnWithinMs(peer.context.timing), expected, () => 'none');
    },
  ),

  peerCase(
    goesOn,
    'The tracker answers the registration and closes: it is asked for something else, on a new connection.',
    async (peer) => {
      const further = (): boolean =>
        peer.tracker.requests.some(({ action, before }) => action !== 'register' && before === 0);
      await peer.until(
        further,
        goesOnWithinMs(peer.context.timing),
        'a further request on a new connection to the tracker',
        () => 'none',
      );
    },
    { needs: [acts] },
  ),

  peerCase(
    'wire.keep-alive.client-goes-on/servers-that-close',
    'All servers answer and close, whatever a request asks for: the download completes, and no announcement is lost.',
    (peer) => losesNothing(peer, 1),
    { setup: closingAfter(1), needs },
  ),

  peerCase(
    'wire.keep-alive.client-goes-on/servers-that-close-later',
    'All servers keep connections for four requests, then close: the download completes, and no announcement is lost.',
    (peer) => losesNothing(peer, 4),
    { setup: closingAfter(4), needs },
  ),
];
