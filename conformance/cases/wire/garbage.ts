import type { Case } from '../case.ts';
import { expectSuccess, show } from '../../wire/expect.ts';
import type { ServerStage } from '../../stage/server-stage.ts';
import { readAnswer } from '../../wire/client.ts';
import { field } from '../../wire/message.ts';
import { serverCases } from './server-case.ts';
import { mayAnswerWithinMs, neverIdleWithinMs } from '../../time-limits.ts';

/** A request of 1 MiB: more than any server must take. */
const oversized = ({ validRequests }: ServerStage): Buffer => {
  const [request] = validRequests.values();
  return Buffer.from(JSON.stringify({ ...request, padding: 'x'.repeat(1 << 20) }));
};

const bytes = (text: string | Buffer) => (): Buffer => Buffer.from(text as string);

const validText = ({ validRequests }: ServerStage): string => {
  const [request] = validRequests.values();
  return JSON.stringify(request);
};

interface Hostile {
  readonly what: string;
  readonly make: (server: ServerStage) => Buffer;
}

const notJson = { what: 'bytes that are not JSON', make: bytes('GET / HTTP/1.1\r\nHost: x\r\n\r\n') };
const ARRAY = { what: 'a JSON array', make: bytes('[{"action":"register"}]') };
const notUtf8 = {
  what: 'an object with bytes that are not UTF-8',
  make: bytes(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])),
};

const garbage: readonly Hostile[] = [
  notJson,
  { what: 'an object that is not JSON', make: bytes('{"action": register, }') },
  { what: 'NaN, which is not JSON', make: bytes('{"action":"get_peers","peer_id":NaN}') },
  ARRAY,
  { what: 'JSON numbers and strings', make: bytes('7 "register" null true') },
  notUtf8,
  { what: 'NUL bytes', make: bytes(Buffer.alloc(64)) },
  { what: 'half a request', make: (server) => Buffer.from(validText(server).slice(0, 12)) },
  { what: 'no bytes at all', make: bytes('') },
  { what: 'closing braces', make: bytes('}}}}') },
];

const floods: readonly Hostile[] = [
  { what: 'a request of 1 MiB', make: oversized },
  { what: '4 MiB of an object that does not end', make: bytes(`{"a":"${'x'.repeat(4 << 20)}`) },
];

const oddities: readonly Hostile[] = [
  {
    what: 'a lone surrogate as an id',
    make: bytes('{"action":"register","peer_id":"\\ud800","sender_id":"\\ud800","listen_port":20001,"block_index":0}'),
  },
  { what: 'a lone surrogate as its action', make: bytes('{"action":"\\udc00"}') },
  {
    what: 'the same key twice',
    make: (server) => Buffer.from(`{"action":"x",${validText(server).slice(1)}`),
  },
  {
    what: '30,000 nested lists',
    make: bytes(`{"action":${'['.repeat(30_000)}${']'.repeat(30_000)}}`),
  },
  {
    what: 'a number of 10,000 digits and one beyond all doubles',
    make: bytes(
      `{"action":"announce_block","sender_id":"ana","block_index":${'9'.repeat(10_000)},"listen_port":1e400,"peer_id":"ana"}`,
    ),
  },
];

/** Sends the bytes, ends the stream, and says what came of it. */
async function sendAndEnd(server: ServerStage, make: Hostile['make']): Promise<string> {
  const connection = await server.client.open();
  await Promise.race([connection.send(make(server)), connection.ended(mayAnswerWithinMs)]);
  connection.halfClose();
  const answer = await readAnswer(connection, 0, mayAnswerWithinMs);
  connection.close();
  return answer.value === undefined ? (answer.problem ?? '') : `status ${show(field(answer.value, 'status'))}`;
}

/** Connections that others have open while the hostile bytes come are served. */
async function servesOthersMeanwhile(server: ServerStage, { what, make }: Hostile): Promise<void> {
  const { transcript } = server.context;
  const honest = await server.client.open();
  const request = validText(server);
  await honest.send(request.slice(0, 10));
  const startMs = transcript.nowMs();
  const hostile = await server.client.open();
  await Promise.race([hostile.send(make(server)), hostile.ended(neverIdleWithinMs / 2)]);
  hostile.halfClose();
  await hostile.message(0, neverIdleWithinMs / 4);
  await honest.send(request.slice(10));
  const answer = await readAnswer(honest);
  // A server may close a connection with half a request after a time of its own (wire.idle.may-close).
  if (answer.value === undefined && !answer.malformed && transcript.nowMs() - startMs > neverIdleWithinMs) return;
  expectSuccess(answer, `a connection that was open before ${what} came to be served`);
}

/** Before, during and after the hostile bytes there are honest clients, and all are served. */
async function survives(server: ServerStage, items: readonly Hostile[]): Promise<void> {
  for (const item of items) {
    const { what, make } = item;
    await servesOthersMeanwhile(server, item);
    await Promise.all([sendAndEnd(server, make), sendAndEnd(server, make)]);
    const reset = await server.client.open();
    await reset.send(make(server).subarray(0, 1_000));
    reset.reset();
    await server.serves(what);
  }
}

const RESET: Parameters<typeof serverCases>[4] = { needs: (role) => [`wire.garbage.survives/${role}-reset`] };

/** More than any pool of workers has; a process may well have as many files open. */
const crowd = 200;

/** Two hundred clients come at once, and are silent for a while; then they send garbage and leave. */
async function survivesCrowd(server: ServerStage): Promise<string> {
  const { client } = server;
  const doors = Array.from({ length: crowd }, () => client.open({ timeoutMs: mayAnswerWithinMs }));
  const inside = (await Promise.allSettled(doors)).flatMap((door) => (door.status === 'fulfilled' ? [door.value] : []));
  const [request = {}] = server.validRequests.values();
  const { value } = await client.ask(request, { timeoutMs: mayAnswerWithinMs });
  await Promise.all(
    inside.map(async (connection, n) => {
      const sent = connection.send(garbage[n % garbage.length]?.make(server) ?? '');
      await Promise.race([sent, connection.ended(mayAnswerWithinMs)]);
      connection.close();
    }),
  );
  for (let n = 0; n < 3; n += 1) await server.serves(`${crowd} clients that sent garbage and left`);
  const meanwhile = value === undefined ? 'not served' : 'served';
  return `${inside.length} of ${crowd} connections were taken; while all of them were silent, another client was ${meanwhile}`;
}

export const wireGarbageCases: Case[] = [
  ...serverCases(
    'wire.garbage.survives',
    'reset',
    'Clients reset their connections, right away, after half a request, after a whole one: others are served.',
    async (server) => {
      for (const text of ['', validText(server).slice(0, 12), validText(server)]) {
        const connection = await server.client.open();
        await connection.send(text);
        connection.reset();
        await server.serves('a connection that was reset');
      }
    },
  ),

  ...serverCases(
    'wire.garbage.survives',
    '',
    'Clients send what is no JSON, no object, no UTF-8, not whole, and leave: connections of others, open or new, are served, by the same process.',
    (server) => survives(server, garbage),
    RESET,
  ),

  ...serverCases(
    'wire.garbage.survives',
    'too-large',
    'Clients send a request of 1 MiB, and 4 MiB that do not end, and leave: connections of others, open or new, are served, by the same process.',
    (server) => survives(server, floods),
    RESET,
  ),

  ...serverCases(
    'wire.garbage.survives',
    'two-hundred-at-once',
    'Two hundred clients connect, send garbage and leave: whoever comes later is served, by the same process.',
    survivesCrowd,
    // Nobody else would be served meanwhile.
    { needs: (role) => [`wire.garbage.survives/${role}`], running: [] },
  ),

  ...serverCases(
    'wire.garbage.either-answer',
    '',
    'Bytes of several kinds come that are no request.',
    async (server) => {
      const answers: string[] = [];
      for (const { what, make } of [notJson, ARRAY, notUtf8])
        answers.push(`${what}: ${await sendAndEnd(server, make)}`);
      return answers.join('; ');
    },
  ),

  ...serverCases(
    'wire.oddities.survives',
    '',
    'Clients send lone surrogates, the same key twice, deep nesting, huge numbers, and leave: connections of others, open or new, are served, by the same process.',
    (server) => survives(server, oddities),
    // A tracker may take the lone surrogate for a registration, and nobody can take that off again.
    { ...RESET, running: ['peer'] },
  ),
];
