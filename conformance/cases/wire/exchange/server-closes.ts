import { readAnswer } from '../../../wire/client.ts';
import { field } from '../../../wire/message.ts';
import { CannotJudge } from '../../../violation.ts';
import type { Case } from '../../case.ts';
import { oneOfEachKind } from '../../changed-requests.ts';
import { serverCases } from '../../server-case.ts';
import { expectClosed } from '../exchange.ts';

export const serverClosesCases: Case[] = serverCases(
  'wire.exchange.server-closes',
  'after-an-error',
  'The server has refused invalid requests of each kind: it closes the connections.',
  async (server) => {
    let errors = 0;
    for (const request of oneOfEachKind(server)) {
      const connection = await server.client.open();
      await connection.send(JSON.stringify(request));
      // Whether it is refused is for the clauses on each kind.
      if (field((await readAnswer(connection)).value, 'status') !== 'error') continue;
      errors += 1;
      await expectClosed(connection);
    }
    if (errors === 0) throw new CannotJudge('no invalid request was answered with an error');
  },
  {
    needs: (role) => [`wire.exchange.server-closes/${role}`, `wire.invalid.serves-on/${role}`],
    sharedBy: 'requests',
  },
);
