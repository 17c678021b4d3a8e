import { Inapplicable, Violation } from '../../violation.ts';
import { expectAnswer, show } from '../../wire/expect.ts';
import { field } from '../../wire/message.ts';
import type { Case } from '../case.ts';
import { actionsOf, answerCase } from '../server-case.ts';

export const responseCases: Case[] = (['tracker', 'peer'] as const).flatMap((role) =>
  actionsOf(role).map((action) =>
    answerCase(
      role,
      action,
      'wire.response.status',
      `The server answers ${action}: the answer has a status, "success" or "error".`,
      async (server) => {
        const answer = await server.client.ask(server.validRequests.get(action) ?? {});
        // Whether an answer is owed is for the clauses on the action.
        if (answer.value === undefined && !answer.malformed) throw new Inapplicable(`no answer to ${action} arrived`);
        const status = field(expectAnswer(answer), 'status');
        if (status !== 'success' && status !== 'error')
          throw new Violation('status "success" or "error"', show(status));
      },
      [`wire.message.one-object/${role}-${action}`, `wire.message.unframed/${role}-${action}`],
    ),
  ),
);
