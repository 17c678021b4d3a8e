import { peerCase, trackerCase, type Case } from '../case.ts';
import { expectAnswer, expectEqual, expectSuccess } from '../../wire/expect.ts';
import type { ServerStage } from '../../stage/server-stage.ts';
import { Violation } from '../../violation.ts';
import { readAnswer } from '../../wire/client.ts';
import { actions, ANSWERS, serverCases } from './server-case.ts';
import { answersWithinMs } from '../../time-limits.ts';

/** Whether the end comes to a server before its answer is made is chance. */
const halfCloses = 6;

/** The valid request that changes no state, with a field that has characters of two and four bytes. */
function harmless({ validRequests }: ServerStage): string {
  const [request] = validRequests.values();
  return JSON.stringify({ ...request, note: 'ação \u{1f600}' });
}

/** Any bytes for a request in one piece: all that is said about answers needs that there are any. */
const answersAtAll = async (server: ServerStage): Promise<void> => {
  const connection = await server.client.open();
  await connection.send(harmless(server));
  await connection.message(0, answersWithinMs);
  if (connection.received.length > 0) return;
  const { problem } = await readAnswer(connection, 0, 0);
  throw new Violation('an answer as soon as the closing brace has come, with nothing after it', problem ?? 'nothing');
};

export const wireExchangeCases: Case[] = [
  trackerCase(ANSWERS.tracker, 'A request comes in one piece and nothing after it: it is answered.', answersAtAll, {
    needs: [],
    setup: () => ({ startOnly: true }),
    running: true,
  }),
  peerCase(ANSWERS.peer, 'A request comes in one piece and nothing after it: it is answered.', answersAtAll, {
    running: answersAtAll,
  }),

  ...serverCases(
    'wire.exchange.server-closes',
    '',
    'After its answer the server closes the connection.',
    async (server) => {
      const connection = await server.client.open();
      await connection.send(harmless(server));
      expectAnswer(await readAnswer(connection));
      if ((await connection.ended(answersWithinMs)) === undefined) {
        throw new Violation(
          'the server to close after its answer',
          `a connection still open after ${answersWithinMs} ms`,
        );
      }
    },
  ),

  ...serverCases(
    'wire.exchange.half-close',
    '',
    'The client ends its sending side right after the request: it still gets the answer.',
    async (server) => {
      const connection = await server.client.open();
      await connection.send(harmless(server));
      connection.halfClose();
      expectSuccess(await readAnswer(connection), 'success for a client that has half-closed');
    },
  ),

  ...serverCases(
    'wire.exchange.half-close',
    'every-action',
    'The client ends its sending side right after a request of each kind, several times: it still gets the answers.',
    async (server) => {
      await server.ready();
      const each = [...server.validRequests];
      for (const [action, request] of Array.from({ length: halfCloses }, () => each).flat()) {
        const connection = await server.client.open();
        await connection.send(JSON.stringify(request));
        connection.halfClose();
        expectAnswer(await readAnswer(connection), `an answer to ${action} for a client that has half-closed`);
      }
    },
    {
      needs: (role) => [
        `wire.exchange.half-close/${role}`,
        ...actions[role].map((action) => `wire.response.status/${role}-${action}`),
      ],
    },
  ),

  ...serverCases(
    'wire.exchange.drains-before-close',
    '',
    'White space follows the request in the same segment: the answer arrives whole, and no reset follows it.',
    async (server) => {
      for (const rest of ['\n', '\r\n'.repeat(300)]) {
        const connection = await server.client.open();
        await connection.send(harmless(server) + rest);
        expectSuccess(await readAnswer(connection), 'success for a request with white space after it');
        expectEqual(await connection.ended(answersWithinMs), 'closed', 'the connection to be');
      }
    },
    { needs: (role) => [`wire.exchange.server-closes/${role}`] },
  ),
];
