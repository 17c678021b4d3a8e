import type { ServerStage } from '../../../stage/server-stage.ts';
import { waitsForTheEndMs } from '../../../time-limits.ts';
import { TimedViolation } from '../../../violation.ts';
import { readAnswer } from '../../../wire/client.ts';
import { expectAnswer } from '../../../wire/expect.ts';
import type { Case } from '../../case.ts';
import { actionsOf, serverCases } from '../../server-case.ts';

/** A busy machine may delay some answers, but not each to a client that leaves the stream open. */
const tries = 5;

/** How long the answer takes, with the stream left open, or ended right after the request. */
async function answerTime({ client, context }: ServerStage, request: object, ends: boolean): Promise<number> {
  const connection = await client.open();
  const startMs = context.transcript.nowMs();
  await connection.send(JSON.stringify(request));
  if (ends) connection.halfClose();
  expectAnswer(await readAnswer(connection));
  const timeMs = context.transcript.nowMs() - startMs;
  connection.close();
  return timeMs;
}

async function expectNoWait(server: ServerStage, action: string, request: object): Promise<void> {
  for (let n = 0; n < tries; n += 1) {
    const endedMs = await answerTime(server, request, true);
    if ((await answerTime(server, request, false)) < endedMs + waitsForTheEndMs) return;
  }
  throw new TimedViolation(
    `an answer to ${action} as soon as its closing brace has arrived`,
    `one that comes ${waitsForTheEndMs} ms later if the client does not end the stream, ${tries} times`,
  );
}

export const everyActionCases: Case[] = serverCases(
  'wire.server.acts-on-closing-brace',
  'every-action',
  'Each request is sent with the stream left open and with the stream ended: the answer does not wait for that.',
  async (server) => {
    await server.ready();
    for (const [action, request] of server.validRequests) await expectNoWait(server, action, request);
  },
  {
    needs: (role) => [
      `wire.exchange.half-close/${role}-every-action`,
      ...actionsOf(role).map((action) => `wire.response.status/${role}-${action}`),
    ],
    sharedBy: 'requests',
  },
);
