import { readAnswer } from '../../../wire/client.ts';
import { Violation } from '../../../violation.ts';
import { expectAnswer } from '../../../wire/expect.ts';
import type { Case } from '../../case.ts';
import { serverCases, validRequest } from '../../server-case.ts';
import { expectClosed } from '../exchange.ts';

export const endsWithoutFieldCases: Case[] = serverCases(
  'wire.keep-alive.ends-without-field',
  '',
  'After two requests with keep_alive a client sends one without, or with false: the server answers and closes.',
  async (server) => {
    for (const last of [{}, { keep_alive: false }]) {
      const connection = await server.client.open();
      const requests = [{ keep_alive: true }, { keep_alive: true }, last];
      for (const [n, fields] of requests.entries()) {
        await connection.send(JSON.stringify({ ...validRequest(server), ...fields }));
        expectAnswer(await readAnswer(connection, n), `an answer to request ${n + 1} of the connection`);
      }
      // A server that goes on tells so by answering once more.
      await connection.send(JSON.stringify(validRequest(server)));
      const further = await readAnswer(connection, requests.length);
      if (further.value !== undefined)
        throw new Violation(
          'the end of the connection after a request without keep_alive',
          'an answer to a further one',
        );
      await expectClosed(connection);
    }
  },
  {
    needs: (role) => [`wire.keep-alive.in-order/${role}-one-after-another`, `wire.exchange.server-closes/${role}`],
    sharedBy: 'requests',
  },
);
