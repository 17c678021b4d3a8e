import { peerCase, trackerCase, type Case } from '../case.ts';
import { expectAnswer, expectEqual, expectPeerIds, expectPeers, expectSuccess, show } from '../../wire/expect.ts';
import type { ServerStage } from '../../stage/server-stage.ts';
import { Violation } from '../../violation.ts';
import { field, readMessage } from '../../wire/message.ts';
import { register } from '../../wire/requests.ts';
import { actions, ANSWERS, basic, serverCases, type Role } from './server-case.ts';
import { answersWithinMs, startsWithinMs, trailsWithinMs } from '../../time-limits.ts';

/** Everything the server sends for one valid request, up to its end of the stream or a second after its first message. */
async function allBytes(server: ServerStage, action: string): Promise<Buffer> {
  const connection = await server.client.open();
  await connection.send(JSON.stringify(server.validRequests.get(action)));
  await connection.message(0, answersWithinMs);
  await connection.ended(trailsWithinMs);
  if (connection.received.length === 0) throw new Violation(`an answer to ${action}`, 'nothing');
  return connection.received;
}

/** What stands before the first brace of an answer, and the rest. A byte order mark belongs to the message. */
function splitPrefix(bytes: Buffer): { prefix: string; message: Buffer } {
  const isMark = bytes.subarray(0, 3).equals(Buffer.of(0xef, 0xbb, 0xbf));
  const start = isMark ? 0 : Math.max(0, bytes.indexOf('{'));
  return { prefix: bytes.subarray(0, start).toString('latin1').trim(), message: bytes.subarray(start) };
}

/** A have_blocks_info with the field that tells other requests what they are about. */
async function infoForAll(peer: ServerStage): Promise<void> {
  const request = { action: 'have_blocks_info', sender_id: peer.known, block_index: 1 };
  const message = expectSuccess(await peer.client.ask(request));
  if (!Array.isArray(field(message, 'blocks_info'))) throw new Violation('an answer with blocks_info', show(message));
}

function firstRequest({ validRequests }: ServerStage): object {
  const [request] = validRequests.values();
  return request ?? {};
}

/** Unit by unit of UTF-16: a character beyond the first 65,536 is two escapes. */
const escape = (text: string): string =>
  text.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

interface Spelling {
  readonly what: string;
  readonly spell: (request: object) => string;
}

const escapedKeys = (request: object): string =>
  `{${Object.entries(request)
    .map(([key, value]) => `"${escape(key)}":${JSON.stringify(value)}`)
    .join(',')}}`;

const escapedValues = (request: object): string =>
  `{${Object.entries(request)
    .map(([key, value]) => `"${key}":"${escape(String(value))}"`)
    .join(',')}}`;

/** Other spellings of one message. Values of the requests in use are strings alone. */
const spellings: readonly Spelling[] = [
  ...['"', '\\', '\\"', 'a "quoted" word', 'C:\\'].map((note) => ({
    what: `the text ${note} in one of its strings`,
    spell: (request: object) => JSON.stringify({ note, ...request }),
  })),
  {
    what: 'its keys in another order',
    spell: (request) => JSON.stringify(Object.fromEntries(Object.entries(request).reverse())),
  },
  { what: 'every character of its strings escaped', spell: escapedValues },
  { what: 'every character of its keys escaped', spell: escapedKeys },
];

const spaces: readonly Spelling[] = [
  { what: 'white space before it', spell: (request) => ` \r\n\t${JSON.stringify(request)}` },
  { what: 'white space inside it', spell: (request) => JSON.stringify(request, null, '\t\r\n ') },
  { what: 'white space after it', spell: (request) => `${JSON.stringify(request)}\r\n\t ` },
];

async function expectEachGranted(server: ServerStage, ways: readonly Spelling[]): Promise<void> {
  for (const { what, spell } of ways) {
    const request = spell(firstRequest(server));
    const expected = `success for a request with ${what}, ${show(request)}`;
    expectSuccess(await server.client.ask(Buffer.from(request)), expected);
  }
}

/** What every answer to one action is like, whatever it says: all that they need is a server that has started. */
function answerCases(role: Role, action: string): Case[] {
  const name = `${role}-${action}`;
  const make = (id: string, title: string, run: (server: ServerStage) => Promise<void>, needs: string[]): Case =>
    role === 'tracker'
      ? trackerCase(id, title, run, { needs, setup: () => ({ startOnly: true }), running: true })
      : peerCase(id, title, run, { needs, running: run });
  const needs = [ANSWERS[role]];
  return [
    make(
      `wire.message.one-object/${name}`,
      `The answer to ${action} is one JSON object in UTF-8, and nothing comes after it.`,
      async (server: ServerStage) => {
        const { message } = splitPrefix(await allBytes(server, action));
        const reading = readMessage(message);
        if ('problem' in reading)
          throw new Violation('one JSON object in UTF-8', `an invalid answer: ${reading.problem}`);
      },
      needs,
    ),
    make(
      `wire.message.unframed/${name}`,
      `The answer to ${action} begins with its opening brace: there is no length or anything else before it.`,
      async (server: ServerStage) => {
        const { prefix } = splitPrefix(await allBytes(server, action));
        if (prefix !== '') throw new Violation('an answer that begins with {', `${show(prefix)} before it`);
      },
      needs,
    ),
    make(
      `wire.response.status/${name}`,
      `The answer to ${action} has a status, "success" or "error".`,
      async (server: ServerStage) => {
        const answer = await server.client.ask(server.validRequests.get(action) ?? {});
        const status = field(expectAnswer(answer), 'status');
        if (status !== 'success' && status !== 'error')
          throw new Violation('status "success" or "error"', show(status));
      },
      [...needs, `wire.message.one-object/${name}`, `wire.message.unframed/${name}`],
    ),
  ];
}

export const wireMessageCases: Case[] = [
  ...(['tracker', 'peer'] as const).flatMap((role) => actions[role].flatMap((action) => answerCases(role, action))),

  peerCase(
    'wire.message.one-object/peer-requests',
    'Whatever a peer sends first is one JSON object in UTF-8.',
    async (peer) => {
      const { tracker } = peer;
      const came = (): boolean => tracker.requests.length > 0 || tracker.streamProblem !== undefined;
      await peer.until(came, startsWithinMs(peer.context.timing), 'a request from the peer', () => 'none');
      if (tracker.streamProblem !== undefined)
        throw new Violation('requests that are JSON objects', tracker.streamProblem);
    },
    { needs: [], setup: () => ({ startOnly: true }) },
  ),

  ...serverCases(
    'wire.message.whitespace',
    '',
    'Requests have white space before, inside, and after them: success each time.',
    (server) => expectEachGranted(server, spaces),
  ),

  trackerCase(
    'wire.message.one-object/tracker-non-ascii-block',
    'A block has characters of two, three and four bytes: the answer with it is one JSON object in UTF-8.',
    async (tracker) => {
      const { message } = splitPrefix(await allBytes(tracker, 'request_block_tracker'));
      const reading = readMessage(message);
      if ('problem' in reading)
        throw new Violation('one JSON object in UTF-8', `an invalid answer: ${reading.problem}`);
    },
    {
      setup: () => ({ file: Buffer.from('ação 語 \u{1f600} '.repeat(9)), blocks: 3 }),
      needs: ['tracker.block.serves/every-index'],
    },
  ),

  peerCase(
    'wire.message.one-object/peer-non-ascii-block',
    'A block has characters of two, three and four bytes: the answer with it is one JSON object in UTF-8.',
    async (peer) => {
      await peer.ready();
      const { message } = splitPrefix(await allBytes(peer, 'request_block'));
      const reading = readMessage(message);
      if ('problem' in reading)
        throw new Violation('one JSON object in UTF-8', `an invalid answer: ${reading.problem}`);
    },
    {
      setup: () => ({ blocks: ['ação 語 \u{1f600} ', 'b', 'c', 'd'] }),
      needs: ['peer.request-block.serves/initial-block'],
    },
  ),

  ...serverCases(
    'wire.message.unframed',
    'braces-in-strings',
    'A request has braces and brackets inside a string: it ends with its own closing brace.',
    async (server) => {
      for (const note of ['}', '{', ']}', '"}\\', '\\"{']) {
        const request = { note, ...firstRequest(server) };
        expectSuccess(await server.client.ask(request), `success for ${show(request)}`);
      }
    },
  ),

  ...serverCases(
    'wire.message.any-spelling',
    '',
    'Requests have escaped quotes and backslashes, their keys in another order, each character escaped: success each time.',
    (server) => expectEachGranted(server, spellings),
  ),

  trackerCase(
    'wire.message.any-spelling/tracker-same-id',
    'A peer registers as "joão" and asks for peers as "jo\\u00e3o": it is the same peer, so it is not given itself.',
    async (tracker) => {
      expectSuccess(await tracker.client.ask(register('joão', 20_001)));
      const spelt = Buffer.from('{"action":"get_peers","peer_id":"jo\\u00e3o"}');
      expectEqual(expectPeerIds(await tracker.client.ask(spelt)), [tracker.known], 'the ids of the peers listed');
    },
  ),

  ...serverCases(
    'wire.fields.server-ignores-unknown',
    '',
    'A request has fields of any name and kind that the protocol does not know: success.',
    async (server) => {
      const known = JSON.stringify(firstRequest(server)).slice(1);
      const unknown = '"__proto__":{"action":"x"},"constructor":1,"status":"error","x":[{"y":null}],"toString":"é"';
      expectSuccess(
        await server.client.ask(Buffer.from(`{${unknown},${known}`)),
        'success for a request with unknown fields',
      );
    },
  ),

  trackerCase(
    'wire.request.told-by-action/tracker',
    'A get_peers request has a listen_port, as register has: it is a get_peers all the same and changes no address.',
    async (tracker) => {
      expectPeers(await tracker.client.ask({ action: 'get_peers', peer_id: tracker.known, listen_port: 20_123 }));
      const ana = await tracker.registrant('ana');
      const ports = expectPeers(await tracker.register(ana.id, ana.port))
        .filter((entry) => field(entry, 'peer_id') === tracker.known)
        .map((entry) => field(entry, 'port'));
      if (ports.includes(20_123)) throw new Violation('an unchanged address', 'the port of a get_peers request listed');
    },
    { running: true },
  ),

  peerCase(
    'wire.request.told-by-action/peer',
    'A have_blocks_info request has a block_index, as announce_block has: it is answered with blocks_info all the same.',
    infoForAll,
    { needs: [basic.peer], running: infoForAll },
  ),
];
