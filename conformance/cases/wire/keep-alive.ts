import type { Case } from '../case.ts';
import { expectAnswer, expectEqual, expectSuccess } from '../../wire/expect.ts';
import type { ServerStage } from '../../stage/server-stage.ts';
import { Violation } from '../../violation.ts';
import { readAnswer } from '../../wire/client.ts';
import { field } from '../../wire/message.ts';
import { serverCases, type Role } from './server-case.ts';
import { answersWithinMs, staysOpenForMs } from '../../time-limits.ts';

/** The valid request that changes no state, with the wish to keep the connection. */
function lasting({ validRequests }: ServerStage): object {
  const [request] = validRequests.values();
  return { ...request, keep_alive: true };
}

/** A second kind of request, whose answer cannot be taken for the first one's. */
function other(server: ServerStage): object {
  const action = server.role === 'tracker' ? 'request_block_tracker' : 'announce_block';
  return { ...server.validRequests.get(action), keep_alive: true };
}

/** Tells the answers to `lasting` and to `other` apart. */
const listName: Readonly<Record<Role, string>> = { tracker: 'peers', peer: 'blocks_info' };

export const wireKeepAliveCases: Case[] = [
  ...serverCases(
    'wire.keep-alive.echo',
    '',
    'A request asks to keep the connection: the answer echoes that, and the connection stays open.',
    async (server) => {
      const connection = await server.client.open();
      await connection.send(JSON.stringify(lasting(server)));
      const answer = expectSuccess(await readAnswer(connection));
      expectEqual(field(answer, 'keep_alive'), true, 'keep_alive in the answer to be');
      const ending = await connection.ended(staysOpenForMs);
      if (ending !== undefined) throw new Violation('a connection that stays open', `a connection that is ${ending}`);
    },
  ),

  ...serverCases(
    'wire.keep-alive.echo',
    'every-action',
    'Each kind of request asks to keep the connection: each answer with success echoes that.',
    async (server) => {
      await server.ready();
      for (const [action, request] of server.validRequests) {
        const answer = expectAnswer(await server.client.ask({ ...request, keep_alive: true }));
        if (field(answer, 'status') !== 'success') continue;
        expectEqual(field(answer, 'keep_alive'), true, `keep_alive in the answer to ${action} to be`);
      }
    },
    { needs: (role) => [`wire.keep-alive.echo/${role}`] },
  ),

  ...serverCases(
    'wire.keep-alive.in-order',
    'one-after-another',
    'Twenty requests go over one connection, each after the answer to the one before: all are answered.',
    async (server) => {
      const connection = await server.client.open();
      for (let n = 0; n < 20; n += 1) {
        await connection.send(JSON.stringify(lasting(server)));
        expectSuccess(await readAnswer(connection, n), `an answer to request ${n + 1} of the connection`);
      }
    },
    { needs: (role) => [`wire.keep-alive.echo/${role}`] },
  ),

  ...serverCases(
    'wire.keep-alive.in-order',
    'pipelined',
    'Twenty requests of two kinds go over one connection at once: they are answered in their order.',
    async (server) => {
      const connection = await server.client.open();
      const requests = Array.from({ length: 20 }, (_, n) => (n % 2 === 0 ? lasting(server) : other(server)));
      await connection.send(requests.map((request) => JSON.stringify(request)).join(''));
      for (let n = 0; n < requests.length; n += 1) {
        const answer = expectAnswer(await readAnswer(connection, n), `an answer to request ${n + 1} of the connection`);
        const isList = Array.isArray(field(answer, listName[server.role]));
        expectEqual(isList, n % 2 === 0, `answer ${n + 1} to have ${listName[server.role]}:`);
      }
    },
    { needs: (role) => [`wire.keep-alive.echo/${role}`] },
  ),

  ...serverCases(
    'wire.keep-alive.base-closes',
    '',
    'A request asks to keep the connection, of a server that does not know that: it answers and closes.',
    async (server) => {
      const connection = await server.client.open();
      await connection.send(JSON.stringify(lasting(server)));
      const answer = expectSuccess(
        await readAnswer(connection),
        'success for a request that asks to keep the connection',
      );
      if (field(answer, 'keep_alive') === true) {
        await connection.send(JSON.stringify(lasting(server)));
        expectSuccess(await readAnswer(connection, 1), 'a connection that stays, as keep_alive was echoed');
        return;
      }
      if ((await connection.ended(answersWithinMs)) === undefined) {
        throw new Violation(
          'the server to close after its answer',
          `a connection still open after ${answersWithinMs} ms`,
        );
      }
    },
    {
      needs: (role) => [`wire.exchange.server-closes/${role}`],
      inapplicable: ({ extensions }) =>
        extensions?.includes('keep_alive') === true ? 'the extension keep_alive is declared' : undefined,
    },
  ),
];
