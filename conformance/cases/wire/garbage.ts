import type { ServerStage } from '../../stage/server-stage.ts';
import { mayAnswerWithinMs, neverIdleWithinMs } from '../../time-limits.ts';
import { readAnswer } from '../../wire/client.ts';
import { expectSuccess, show } from '../../wire/expect.ts';
import { field } from '../../wire/message.ts';
import type { Case } from '../case.ts';
import { serverCases, validRequest, validText } from '../server-case.ts';

/** Bytes that are not a request, or an unusual one. */
export interface Garbage {
  readonly what: string;
  readonly make: (server: ServerStage) => Buffer;
}

export const bytes = (text: string | Buffer) => (): Buffer => Buffer.from(text as string);

const notJson = { what: 'bytes that are not JSON', make: bytes('GET / HTTP/1.1\r\nHost: x\r\n\r\n') };
const jsonArray = { what: 'a JSON array', make: bytes('[{"action":"register"}]') };
const notUtf8 = {
  what: 'an object with bytes that are not UTF-8',
  make: bytes(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])),
};

const smallGarbage: readonly Garbage[] = [
  notJson,
  { what: 'an object that is not JSON', make: bytes('{"action": register, }') },
  { what: 'NaN, which is not JSON', make: bytes('{"action":"get_peers","peer_id":NaN}') },
  jsonArray,
  { what: 'JSON numbers and strings', make: bytes('7 "register" null true') },
  notUtf8,
  { what: 'NUL bytes', make: bytes(Buffer.alloc(64)) },
  { what: 'half a request', make: (server) => Buffer.from(validText(server).slice(0, 12)) },
  { what: 'no bytes at all', make: bytes('') },
  { what: 'closing braces', make: bytes('}}}}') },
];

/** A server must take requests up to 64 KiB. */
const largeGarbage: readonly Garbage[] = [
  {
    what: 'a request of 1 MiB',
    make: (server) => Buffer.from(JSON.stringify({ ...validRequest(server), padding: 'x'.repeat(1 << 20) })),
  },
  { what: '4 MiB of an object that does not end', make: bytes(`{"a":"${'x'.repeat(4 << 20)}`) },
];

/** Sends the bytes, ends the stream, and returns in a few words what the server answered. */
async function sendAndEnd(server: ServerStage, make: Garbage['make']): Promise<string> {
  const connection = await server.client.open();
  await Promise.race([connection.send(make(server)), connection.ended(mayAnswerWithinMs)]);
  connection.halfClose();
  const answer = await readAnswer(connection, 0, mayAnswerWithinMs);
  connection.close();
  return answer.value === undefined ? (answer.problem ?? '') : `status ${show(field(answer.value, 'status'))}`;
}

/**
 * Sends garbage while another connection is open; throws unless that one is served. Its request arrives in one piece, since
 * requests in several are for `wire.server.acts-on-closing-brace`.
 */
async function expectOpenConnectionServed(server: ServerStage, { what, make }: Garbage): Promise<void> {
  const { transcript } = server.context;
  const honest = await server.client.open();
  const startMs = transcript.nowMs();
  const hostile = await server.client.open();
  await Promise.race([hostile.send(make(server)), hostile.ended(neverIdleWithinMs / 2)]);
  hostile.halfClose();
  await hostile.message(0, neverIdleWithinMs / 4);
  await honest.send(validText(server));
  const answer = await readAnswer(honest);
  // After that time the server may have closed the silent connection as idle (wire.idle.may-close).
  if (answer.value === undefined && !answer.malformed && transcript.nowMs() - startMs > neverIdleWithinMs) return;
  expectSuccess(answer, `a connection that was open before ${what} arrived to be served`);
}

/** Sends each kind of garbage; throws unless honest clients are served before, during and after it. */
export async function expectGarbageSurvived(server: ServerStage, items: readonly Garbage[]): Promise<void> {
  for (const item of items) {
    const { what, make } = item;
    await expectOpenConnectionServed(server, item);
    await Promise.all([sendAndEnd(server, make), sendAndEnd(server, make)]);
    const reset = await server.client.open();
    await reset.send(make(server).subarray(0, 1_000));
    reset.reset();
    await server.serves(what);
  }
}

const afterReset: Parameters<typeof serverCases>[4] = {
  needs: (role) => [`wire.garbage.survives/${role}-reset`],
  sharedBy: 'requests',
};

/** More than any pool of workers has, and fewer than the files that a process may have open. */
const manyClients = 200;

/** Many clients connect at once and stay silent for a while, then send garbage and leave; returns how they fared. */
async function expectManySurvived(server: ServerStage): Promise<string> {
  const { client } = server;
  const opening = Array.from({ length: manyClients }, () => client.open({ timeoutMs: mayAnswerWithinMs }));
  // How many connections a server takes at once is up to it.
  const results = await Promise.allSettled(opening);
  const accepted = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const { value } = await client.ask(validRequest(server), { timeoutMs: mayAnswerWithinMs });
  await Promise.all(
    accepted.map(async (connection, n) => {
      const sent = connection.send(smallGarbage[n % smallGarbage.length]?.make(server) ?? '');
      await Promise.race([sent, connection.ended(mayAnswerWithinMs)]);
      connection.close();
    }),
  );
  for (let n = 0; n < 3; n += 1) await server.serves(`${manyClients} clients that sent garbage and left`);
  const meanwhile = value === undefined ? 'not served' : 'served';
  return `${accepted.length} of ${manyClients} connections were accepted; while all of them were silent, another client was ${meanwhile}`;
}

export const garbageCases: Case[] = [
  ...serverCases(
    'wire.garbage.survives',
    'reset',
    'Clients reset their connections right away, after half a request, and after a whole one: the server serves others.',
    async (server) => {
      for (const text of ['', validText(server).slice(0, 12), validText(server)]) {
        const connection = await server.client.open();
        await connection.send(text);
        connection.reset();
        await server.serves('a connection that was reset');
      }
    },
    { sharedBy: 'requests' },
  ),

  ...serverCases(
    'wire.garbage.survives',
    '',
    'Clients send bytes that are not JSON, not an object, not UTF-8, or not whole, and leave: the same process serves other connections, open and new ones.',
    (server) => expectGarbageSurvived(server, smallGarbage),
    afterReset,
  ),

  ...serverCases(
    'wire.garbage.survives',
    'too-large',
    'Clients send a request of 1 MiB, and 4 MiB that do not end, and leave: the same process serves other connections, open and new ones.',
    (server) => expectGarbageSurvived(server, largeGarbage),
    afterReset,
  ),

  ...serverCases(
    'wire.garbage.survives',
    'two-hundred-at-once',
    'Two hundred clients connect at once, send garbage and leave: the same process serves later clients.',
    expectManySurvived,
    // A running server might serve no other clients meanwhile.
    { needs: (role) => [`wire.garbage.survives/${role}`], running: [] },
  ),

  ...serverCases(
    'wire.garbage.either-answer',
    '',
    'A client sends several kinds of bytes that are not a request.',
    async (server) => {
      const answers: string[] = [];
      for (const { what, make } of [notJson, jsonArray, notUtf8])
        answers.push(`${what}: ${await sendAndEnd(server, make)}`);
      return answers.join('; ');
    },
  ),
];
