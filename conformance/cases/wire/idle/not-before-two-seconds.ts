import type { ServerStage } from '../../../stage/server-stage.ts';
import { keepsIdleForMs } from '../../../time-limits.ts';
import { TimedViolation } from '../../../violation.ts';
import type { Case } from '../../case.ts';
import { serverCases, validText } from '../../server-case.ts';

/** Opens a connection, sends the text, and throws unless the server leaves the connection open. */
async function expectLeftOpen(server: ServerStage, text: string, what: string): Promise<void> {
  const { transcript } = server.context;
  const startMs = transcript.nowMs();
  const connection = await server.client.open();
  if (text !== '') await connection.send(text);
  await connection.ended(keepsIdleForMs - (transcript.nowMs() - startMs));
  const endedMs = Math.round(transcript.nowMs() - startMs);
  // What is seen late may have happened late.
  if (connection.ending === undefined || endedMs >= keepsIdleForMs) return;
  throw new TimedViolation(`${what} to stay open for 2 s`, `one that is ${connection.ending} after ${endedMs} ms`);
}

export const notBeforeTwoSecondsCases: Case[] = serverCases(
  'wire.idle.not-before-two-seconds',
  '',
  'Clients connect and stay silent, or send half a request: the server does not close within two seconds.',
  async (server) => {
    await Promise.all([
      expectLeftOpen(server, '', 'a silent connection'),
      expectLeftOpen(server, validText(server).slice(0, 12), 'a connection with half a request'),
      expectLeftOpen(server, validText(server).slice(0, -1), 'a connection with all of a request but its last byte'),
    ]);
  },
  { needs: (role) => [`wire.idle.serves-others/${role}`], sharedBy: 'requests' },
);
