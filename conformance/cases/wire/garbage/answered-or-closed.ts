import type { ServerStage } from '../../../stage/server-stage.ts';
import { answersGarbageWithinMs } from '../../../time-limits.ts';
import { TimedViolation, Violation } from '../../../violation.ts';
import { readAnswer } from '../../../wire/client.ts';
import { show } from '../../../wire/expect.ts';
import { field } from '../../../wire/message.ts';
import type { Case } from '../../case.ts';
import { serverCases, validText } from '../../server-case.ts';

interface NoMessage {
  readonly what: string;
  readonly bytes: (server: ServerStage) => string | Buffer;
  /** The client ends the stream after the bytes. */
  readonly ends?: true;
}

/** Few enough to wait side by side on a server that has a thread for each. */
const noMessages: readonly NoMessage[] = [
  { what: 'a line of text', bytes: () => 'register ana 20001\r\n\r\n' },
  { what: 'an object that is not JSON', bytes: () => '{"action": get_peers}' },
  { what: 'a JSON array', bytes: () => '[{"action":"get_peers"}]' },
  { what: 'a JSON string', bytes: () => '"get_peers"' },
  { what: 'an object that is not UTF-8', bytes: () => Buffer.from('{"action":"\xff\xfe"}', 'latin1') },
  { what: 'half a request and the end of the stream', bytes: (server) => validText(server).slice(0, 12), ends: true },
  { what: 'closing braces', bytes: () => '}}}' },
];

/** What the server makes of the bytes; throws a violation unless it answers with an error or closes. */
async function expectAnsweredOrClosed(server: ServerStage, { what, bytes, ends }: NoMessage): Promise<void> {
  const connection = await server.client.open();
  await connection.send(bytes(server));
  if (ends === true) connection.halfClose();
  const { value, malformed } = await readAnswer(connection, 0, answersGarbageWithinMs);
  const isOpen = value === undefined && !malformed && connection.ending === undefined;
  connection.close();
  const expected = `status "error" or the end of the connection for ${what}`;
  if (isOpen) throw new TimedViolation(expected, `neither within ${answersGarbageWithinMs} ms`);
  if (value !== undefined && field(value, 'status') !== 'error') throw new Violation(expected, show(value));
}

export const answeredOrClosedCases: Case[] = serverCases(
  'wire.garbage.answered-or-closed',
  '',
  'Clients send bytes that are not JSON, not an object, not UTF-8, or half a request and the end of the stream: error, or the end of the connection.',
  async (server) => {
    await Promise.all(noMessages.map((item) => expectAnsweredOrClosed(server, item)));
  },
  { needs: (role) => [`wire.garbage.survives/${role}`], sharedBy: 'requests' },
);
