import type { PeerStage } from '../../stage/peer-stage.ts';
import type { ServerStage } from '../../stage/server-stage.ts';
import { announcesWithinMs, goesOnWithinMs, staysOpenForMs } from '../../time-limits.ts';
import { TimedViolation, Violation } from '../../violation.ts';
import { readAnswer } from '../../wire/client.ts';
import { expectAnswer, expectEqual, expectSuccess, show } from '../../wire/expect.ts';
import { field } from '../../wire/message.ts';
import { peerCase, type Case } from '../case.ts';
import { keyCases } from '../key-cases.ts';
import { validRequest, serverCases, type Role } from '../server-case.ts';
import { closingAfter } from '../swarms.ts';
import { expectClosed } from './exchange.ts';

/** The valid request that changes no state, with keep_alive. */
const keptRequest = (server: ServerStage): string => JSON.stringify({ ...validRequest(server), keep_alive: true });

/** A second kind of request with keep_alive, whose answer differs from that to the first. */
function secondKeptRequest(server: ServerStage): string {
  const action = server.role === 'tracker' ? 'request_block_tracker' : 'announce_block';
  return JSON.stringify({ ...server.validRequests.get(action), keep_alive: true });
}

/** The list that only the answer to `keptRequest` has. */
const listName: Readonly<Record<Role, string>> = { tracker: 'peers', peer: 'blocks_info' };

/** The blocks that the subject announced to bia only in requests that the closed connection left unanswered. */
function lostAnnouncements(peer: PeerStage, answers: number): unknown[] {
  const seen = peer.peer('bia').seen('announce_block');
  const answered = new Set(seen.filter(({ before }) => before < answers).map(({ body }) => field(body, 'block_index')));
  return seen.map(({ body }) => field(body, 'block_index')).filter((index) => !answered.has(index));
}

async function expectNothingLost(peer: PeerStage, answers: number): Promise<void> {
  await peer.complete();
  const { transcript, timing } = peer.context;
  const nothingIsLost = (): boolean => lostAnnouncements(peer, answers).length === 0;
  await transcript.watch.until(nothingIsLost, announcesWithinMs(timing));
  if (nothingIsLost()) return;
  throw new TimedViolation(
    'each announcement that a closed connection left unanswered sent again',
    `none for blocks ${show(lostAnnouncements(peer, answers))}`,
  );
}

const downloads = [keyCases.downloadsAlone, keyCases.downloadsFromPeer];

export const keepAliveCases: Case[] = [
  ...serverCases(
    'wire.keep-alive.echo',
    '',
    'A request asks to keep the connection: the answer echoes keep_alive, and the connection stays open.',
    async (server) => {
      const connection = await server.client.open();
      await connection.send(keptRequest(server));
      const answer = expectSuccess(await readAnswer(connection));
      expectEqual(field(answer, 'keep_alive'), true, 'keep_alive in the answer to be');
      const ending = await connection.ended(staysOpenForMs);
      if (ending !== undefined) throw new Violation('a connection that stays open', `a connection that is ${ending}`);
    },
    { sharedBy: 'requests' },
  ),

  ...serverCases(
    'wire.keep-alive.echo',
    'every-action',
    'A request of each action asks to keep the connection: each answer with success echoes keep_alive.',
    async (server) => {
      await server.ready();
      for (const [action, request] of server.validRequests) {
        const answer = expectAnswer(await server.client.ask({ ...request, keep_alive: true }));
        if (field(answer, 'status') !== 'success') continue;
        expectEqual(field(answer, 'keep_alive'), true, `keep_alive in the answer to ${action} to be`);
      }
    },
    { needs: (role) => [`wire.keep-alive.echo/${role}`], sharedBy: 'requests' },
  ),

  ...serverCases(
    'wire.keep-alive.in-order',
    'one-after-another',
    'A client sends twenty requests over one connection, each after the answer to the one before: all are answered.',
    async (server) => {
      const connection = await server.client.open();
      for (let n = 0; n < 20; n += 1) {
        await connection.send(keptRequest(server));
        expectSuccess(await readAnswer(connection, n), `an answer to request ${n + 1} of the connection`);
      }
    },
    { needs: (role) => [`wire.keep-alive.echo/${role}`], sharedBy: 'requests' },
  ),

  ...serverCases(
    'wire.keep-alive.in-order',
    'pipelined',
    'A client sends twenty requests of two kinds over one connection at once: the answers arrive in the order of the requests.',
    async (server) => {
      const connection = await server.client.open();
      const requests = Array.from({ length: 20 }, (_, n) =>
        n % 2 === 0 ? keptRequest(server) : secondKeptRequest(server),
      );
      await connection.send(requests.join(''));
      for (let n = 0; n < requests.length; n += 1) {
        const answer = expectAnswer(await readAnswer(connection, n), `an answer to request ${n + 1} of the connection`);
        const isList = Array.isArray(field(answer, listName[server.role]));
        expectEqual(isList, n % 2 === 0, `answer ${n + 1} to have ${listName[server.role]}:`);
      }
    },
    { needs: (role) => [`wire.keep-alive.echo/${role}`], sharedBy: 'requests' },
  ),

  ...serverCases(
    'wire.keep-alive.base-closes',
    '',
    'A request asks a server without the extension to keep the connection: the server answers and closes.',
    async (server) => {
      const connection = await server.client.open();
      await connection.send(keptRequest(server));
      const expected = 'success for a request that asks to keep the connection';
      const answer = expectSuccess(await readAnswer(connection), expected);
      if (field(answer, 'keep_alive') === true) {
        await connection.send(keptRequest(server));
        expectSuccess(
          await readAnswer(connection, 1),
          'the server to close after its answer, or to answer the next request as it has echoed keep_alive',
        );
        return;
      }
      await expectClosed(connection);
    },
    {
      needs: (role) => [`wire.exchange.server-closes/${role}`, `wire.fields.server-ignores-unknown/${role}`],
      inapplicable: ({ extensions }) =>
        extensions?.includes('keep_alive') === true ? 'the extension keep_alive is declared' : undefined,
      sharedBy: 'requests',
    },
  ),

  peerCase(
    'wire.keep-alive.client-goes-on/after-the-registration',
    'The tracker answers the registration and closes: the peer sends it another request on a new connection.',
    async (peer) => {
      const hasSent = (): boolean =>
        peer.tracker.requests.some(({ action, before }) => action !== 'register' && before === 0);
      const expected = 'a further request on a new connection to the tracker';
      await peer.until(hasSent, goesOnWithinMs(peer.context.timing), expected, () => 'none');
    },
    { needs: ['peer.discovery.periodic/anything-at-all'] },
  ),

  peerCase(
    'wire.keep-alive.client-goes-on/servers-that-close',
    'All servers close after each answer, even if a request asks to keep the connection: the download completes, and no announcement is lost.',
    (peer) => expectNothingLost(peer, 1),
    { setup: () => closingAfter(1), needs: downloads },
  ),

  peerCase(
    'wire.keep-alive.client-goes-on/servers-that-close-later',
    'All servers keep connections for four requests, then close: the download completes, and no announcement is lost.',
    (peer) => expectNothingLost(peer, 4),
    { setup: () => closingAfter(4), needs: downloads },
  ),
];
