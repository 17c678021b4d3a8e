import type { SubjectRequest } from '../../stage/peer-stage.ts';
import type { ServerStage } from '../../stage/server-stage.ts';
import { answersWithinMs } from '../../time-limits.ts';
import { TimedViolation, Violation } from '../../violation.ts';
import { readAnswer } from '../../wire/client.ts';
import type { Connection } from '../../wire/connection.ts';
import { expectAnswer, expectEqual } from '../../wire/expect.ts';
import { field } from '../../wire/message.ts';
import { peerCase, type Case } from '../case.ts';
import { keyCases } from '../key-cases.ts';
import { actionsOf, validText, serverCases } from '../server-case.ts';
import { closingAfter } from '../swarms.ts';

/** How often each action is sent: it is up to chance whether a server sees the end of the stream before it answers. */
const halfClosesPerAction = 6;

/** Throws a violation unless the server closes the connection. */
export async function expectClosed(connection: Connection): Promise<void> {
  if ((await connection.ended(answersWithinMs)) !== undefined) return;
  throw new TimedViolation(
    'the server to close after its answer',
    `a connection still open after ${answersWithinMs} ms`,
  );
}

/** Whether every earlier request on the connection asked to keep it open. */
function mayFollow(request: SubjectRequest, requests: readonly SubjectRequest[]): boolean {
  return requests
    .filter(({ connection, before }) => connection === request.connection && before < request.before)
    .every(({ body }) => field(body, 'keep_alive') === true);
}

async function expectAnswersAfterHalfClose(server: ServerStage): Promise<void> {
  await server.ready();
  const each: [string, object][] = [];
  // Whether an answer is owed at all is for the clauses on the action.
  for (const [action, request] of server.validRequests) {
    const { value, malformed } = await server.client.ask(request);
    if (value !== undefined || malformed) each.push([action, request]);
  }
  for (const [action, request] of Array.from({ length: halfClosesPerAction }, () => each).flat()) {
    const connection = await server.client.open();
    await connection.send(JSON.stringify(request));
    connection.halfClose();
    expectAnswer(await readAnswer(connection), `an answer to ${action} for a client that has half-closed`);
  }
}

export const exchangeCases: Case[] = [
  peerCase(
    'wire.exchange.one-request/servers-that-close',
    'All servers close after each answer: the peer sends one request per connection, unless it has asked to keep it open.',
    async (peer) => {
      await peer.complete();
      const requests = peer.requests();
      const second = requests.find((request) => request.before > 0 && !mayFollow(request, requests));
      if (second === undefined) return;
      throw new Violation(
        'one request on each connection',
        `${second.action} as request ${second.before + 1} of a connection`,
      );
    },
    { setup: () => closingAfter(1), needs: [keyCases.downloadsAlone, keyCases.downloadsFromPeer] },
  ),

  ...serverCases(
    'wire.exchange.server-closes',
    '',
    'The server has answered: it closes the connection.',
    async (server) => {
      const connection = await server.client.open();
      await connection.send(validText(server));
      expectAnswer(await readAnswer(connection));
      await expectClosed(connection);
    },
    { sharedBy: 'requests' },
  ),

  ...serverCases(
    'wire.exchange.half-close',
    '',
    'The client ends its sending side right after the request: it still gets the answer.',
    async (server) => {
      const connection = await server.client.open();
      await connection.send(validText(server));
      connection.halfClose();
      expectAnswer(await readAnswer(connection), 'an answer for a client that has half-closed');
    },
    { sharedBy: 'requests' },
  ),

  ...serverCases(
    'wire.exchange.half-close',
    'every-action',
    'The client ends its sending side right after a request, several times for each action: it still gets the answers.',
    expectAnswersAfterHalfClose,
    {
      needs: (role) => [
        `wire.exchange.half-close/${role}`,
        ...actionsOf(role).map((action) => `wire.response.status/${role}-${action}`),
      ],
      sharedBy: 'requests',
    },
  ),

  ...serverCases(
    'wire.exchange.drains-before-close',
    '',
    'White space follows the request in the same segment: the answer arrives whole, and no reset follows it.',
    async (server) => {
      for (const rest of ['\n', '\r\n'.repeat(300)]) {
        const connection = await server.client.open();
        await connection.send(validText(server) + rest);
        expectAnswer(await readAnswer(connection), 'an answer to a request with white space after it');
        await expectClosed(connection);
        expectEqual(connection.ending, 'closed', 'the connection to be');
      }
    },
    { needs: (role) => [`wire.exchange.server-closes/${role}`], sharedBy: 'requests' },
  ),
];
