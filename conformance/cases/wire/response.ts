import { Inapplicable, Violation } from '../../violation.ts';
import { expectAnswer, show } from '../../wire/expect.ts';
import { field } from '../../wire/message.ts';
import { oneOfEachKind } from '../changed-requests.ts';
import type { Case } from '../case.ts';
import { actionsOf, answerCase, serverCases } from '../server-case.ts';

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

/** Every answer that the suite reads is looked at; here are answers of every kind. */
export const noActionCases: Case[] = serverCases(
  'wire.response.no-action',
  '',
  'Requests of each action, for what there is and what there is not, and invalid requests: no answer has a field action.',
  async (server) => {
    await server.ready();
    const requests = [...server.validRequests.values()];
    const outside = requests.flatMap((request) => ('block_index' in request ? [{ ...request, block_index: -1 }] : []));
    const stranger = requests.map((request) => ({ ...request, ...('sender_id' in request && { sender_id: 'eve' }) }));
    // Whether an answer is owed is for the clauses on the action: the suite takes note of each action that it reads.
    for (const request of [...requests, ...outside, ...stranger, ...oneOfEachKind(server)])
      await server.client.ask(request);
  },
  { sharedBy: 'requests' },
);
