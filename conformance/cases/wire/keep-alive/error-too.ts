import { readAnswer } from '../../../wire/client.ts';
import { expectAnswer, expectEqual, expectSuccess, show } from '../../../wire/expect.ts';
import { field } from '../../../wire/message.ts';
import { CannotJudge } from '../../../violation.ts';
import type { Case } from '../../case.ts';
import { oneOfEachKind } from '../../changed-requests.ts';
import { serverCases, validRequest } from '../../server-case.ts';

export const errorTooCases: Case[] = serverCases(
  'wire.keep-alive.error-too',
  '',
  'Invalid requests ask to keep the connection: the errors echo keep_alive, and a valid request on the same connection succeeds.',
  async (server) => {
    let errors = 0;
    for (const request of oneOfEachKind(server)) {
      const connection = await server.client.open();
      await connection.send(JSON.stringify({ ...request, keep_alive: true }));
      const answer = expectAnswer(await readAnswer(connection));
      // What is not refused is for the clauses on each kind.
      if (field(answer, 'status') !== 'error') continue;
      errors += 1;
      expectEqual(field(answer, 'keep_alive'), true, `keep_alive in the error for ${show(request)} to be`);
      await connection.send(JSON.stringify(validRequest(server)));
      expectSuccess(
        await readAnswer(connection, 1),
        `success on the same connection after the error for ${show(request)}`,
      );
    }
    if (errors === 0) throw new CannotJudge('no invalid request was answered with an error');
  },
  {
    needs: (role) => [`wire.keep-alive.in-order/${role}-one-after-another`, `wire.invalid.serves-on/${role}`],
    sharedBy: 'requests',
  },
);
