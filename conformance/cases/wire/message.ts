import { sampleBlocks } from '../../stage/sample-blocks.ts';
import type { PeerStage } from '../../stage/peer-stage.ts';
import type { ServerStage } from '../../stage/server-stage.ts';
import { startsWithinMs, trailsWithinMs } from '../../time-limits.ts';
import { Inapplicable, Violation } from '../../violation.ts';
import { readAnswer, type Answer } from '../../wire/client.ts';
import { expectAnswer, expectEqual, expectPeerIds, expectSuccess, show } from '../../wire/expect.ts';
import { field, type JsonObject } from '../../wire/message.ts';
import { register } from '../../wire/requests.ts';
import type { Reply } from '../../wire/scripted-server.ts';
import { peerCase, trackerCase, type Case } from '../case.ts';
import { keyCases } from '../key-cases.ts';
import { actionsOf, answerCase, serverCases, validRequest, type Role } from '../server-case.ts';
import { noOtherPeer } from '../swarms.ts';
import { escapedKeys, escapedValues, fullyEscaped } from './spelling.ts';

/** Reads all that the server sends for one valid request: up to the end of the stream, or a while after its first message. */
async function readAll(server: ServerStage, action: string): Promise<Answer> {
  const connection = await server.client.open();
  await connection.send(JSON.stringify(server.validRequests.get(action)));
  const answer = await readAnswer(connection);
  await connection.ended(trailsWithinMs);
  // Whether an answer is owed is for the clauses on the action.
  if (connection.received.length === 0) throw new Inapplicable(`no answer to ${action} arrived`);
  return answer;
}

async function expectOneObject(server: ServerStage, action: string): Promise<JsonObject> {
  return expectAnswer(await readAll(server, action), 'one JSON object in UTF-8');
}

const nonAscii = 'ação 語 \u{1f600} ';

/** Latin-1 has few of the characters: where it lost some, no case can tell anything that looks at such a text. */
function expectNotLost({ context }: ServerStage, isWhole: boolean, text: unknown): void {
  if (!isWhole && context.transcript.deviations.has('latin-1'))
    throw new Violation('a text in UTF-8', `one in Latin-1 that has lost characters, ${show(text)}`);
}

/** The peer has sent something, whether or not it can be read. */
async function untilSent(peer: PeerStage): Promise<void> {
  const { tracker } = peer;
  const hasSent = (): boolean => tracker.requests.length > 0 || tracker.streamProblem !== undefined;
  const timeoutMs = startsWithinMs(peer.context.timing);
  await peer.until(hasSent, timeoutMs, 'a request from the peer', () => tracker.strayProblem ?? 'none');
}

interface Spelling {
  readonly what: string;
  readonly spell: (request: object) => string;
}

/** Other spellings of one message, for requests whose values are all strings. */
const spellings: readonly Spelling[] = [
  ...['"', '\\', '\\"', 'a "quoted" word', 'C:\\', '"}\\', '\\"{'].map((note) => ({
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

const whiteSpaces: readonly Spelling[] = [
  { what: 'white space before it', spell: (request) => ` \r\n\t${JSON.stringify(request)}` },
  { what: 'white space inside it', spell: (request) => JSON.stringify(request, null, '\t\r\n ') },
  { what: 'white space after it', spell: (request) => `${JSON.stringify(request)}\r\n\t ` },
];

async function expectEachUnderstood(server: ServerStage, ways: readonly Spelling[]): Promise<void> {
  for (const { what, spell } of ways) {
    const request = spell(validRequest(server));
    const expected = `success for a request with ${what}, ${show(request)}`;
    expectSuccess(await server.client.ask(Buffer.from(request)), expected);
  }
}

const ignoresUnknown = (role: Role): string[] => [`wire.fields.server-ignores-unknown/${role}`];

export const messageCases: Case[] = [
  ...(['tracker', 'peer'] as const).flatMap((role) =>
    actionsOf(role).flatMap((action) => [
      answerCase(
        role,
        action,
        'wire.message.one-object',
        `The server answers ${action}: the answer is one JSON object in UTF-8, with nothing after it.`,
        async (server) => {
          await expectOneObject(server, action);
        },
      ),
      answerCase(
        role,
        action,
        'wire.message.unframed',
        `The server answers ${action}: the answer begins with its opening brace, without a length or anything else before it.`,
        async (server) => {
          await readAll(server, action);
        },
      ),
    ]),
  ),

  peerCase(
    'wire.message.one-object/peer-requests',
    'A peer starts: the first thing it sends is one JSON object in UTF-8.',
    async (peer) => {
      await untilSent(peer);
      const { streamProblem } = peer.tracker;
      if (streamProblem !== undefined) throw new Violation('requests that are JSON objects', streamProblem);
    },
    { needs: [], setup: () => ({ startOnly: true }) },
  ),

  peerCase(
    'wire.message.unframed/peer-requests',
    'A peer starts: the first thing it sends begins with its opening brace, without a length or anything else before it.',
    untilSent,
    { setup: () => ({ startOnly: true }) },
  ),

  trackerCase(
    'wire.message.one-object/tracker-non-ascii-block',
    'A block has characters of two, three and four bytes: the answer with it is one JSON object in UTF-8.',
    async (tracker) => {
      const text = field(await expectOneObject(tracker, 'request_block_tracker'), 'block_data');
      expectNotLost(tracker, typeof text === 'string' && tracker.file.toString().includes(text), text);
    },
    {
      setup: () => ({ file: Buffer.from('ação 語 \u{1f600} '.repeat(9)), blocks: 3 }),
      needs: [keyCases.serves.tracker],
    },
  ),

  trackerCase(
    'wire.message.one-object/tracker-non-ascii-id',
    'A peer registers under an id with characters of two, three and four bytes: the list with it is one JSON object in UTF-8.',
    async (tracker) => {
      expectSuccess(await tracker.register(nonAscii, 20_001));
      const message = await expectOneObject(tracker, 'get_peers');
      expectNotLost(tracker, show(message).includes(nonAscii), field(message, 'peers'));
    },
    { needs: [keyCases.listsOthers, keyCases.readsNonAscii.tracker] },
  ),

  peerCase(
    'wire.message.one-object/peer-non-ascii-block',
    'A block has characters of two, three and four bytes: the answer with it is one JSON object in UTF-8.',
    async (peer) => {
      await peer.ready();
      const text = field(await expectOneObject(peer, 'request_block'), 'block_data');
      expectNotLost(peer, text === nonAscii, text);
    },
    {
      setup: () => ({ blocks: [nonAscii, 'b', 'c', 'd'] }),
      needs: [keyCases.serves.peer, keyCases.readsNonAscii.client],
    },
  ),

  ...serverCases(
    'wire.message.whitespace',
    '',
    'Requests have white space before, inside, and after them: success each time.',
    (server) => expectEachUnderstood(server, whiteSpaces),
    { sharedBy: 'requests' },
  ),

  ...serverCases(
    'wire.message.any-spelling',
    '',
    'Requests have escaped quotes and backslashes, their keys in another order, every character escaped: success each time.',
    (server) => expectEachUnderstood(server, spellings),
    {
      needs: (role) => [...ignoresUnknown(role), `wire.message.unframed/${role}-braces-in-strings`],
      sharedBy: 'requests',
    },
  ),

  ...serverCases(
    'wire.message.any-spelling',
    'not-escaped',
    'A request has characters of two, three and four bytes that are not escaped: success.',
    async (server) => {
      const request = { ...validRequest(server), note: nonAscii };
      expectSuccess(await server.client.ask(request), `success for ${show(request)}`);
    },
    { needs: ignoresUnknown },
  ),

  peerCase(
    'wire.message.any-spelling/peer-as-client-not-escaped',
    'All answers with a block have characters of two, three and four bytes that are not escaped: the download completes.',
    (peer) => peer.complete(),
    { setup: () => noOtherPeer([nonAscii, `${nonAscii}2`, `3${nonAscii}`]), needs: [keyCases.downloadsAlone] },
  ),

  trackerCase(
    'wire.message.any-spelling/tracker-same-id',
    'A peer registers as "joão" and asks for peers as "jo\\u00e3o": both are the same peer, so get_peers does not list it.',
    async (tracker) => {
      expectSuccess(await tracker.client.ask(register('joão', 20_001)));
      const escaped = Buffer.from('{"action":"get_peers","peer_id":"jo\\u00e3o"}');
      expectEqual(
        [...new Set(expectPeerIds(await tracker.client.ask(escaped)))],
        [tracker.known],
        'the ids of the peers listed',
      );
    },
    { needs: [keyCases.listsAllWhenFew, keyCases.readsNonAscii.tracker], sharedBy: 'requests' },
  ),

  peerCase(
    'wire.message.any-spelling/peer-as-client',
    'All answers have every character escaped and white space everywhere: the download completes.',
    (peer) => peer.complete({ file: 'contents' }),
    {
      setup: () => {
        const { blocks, peers, tracker } = noOtherPeer(['um "dois"\n', 'C:\\\\ "}\\"\n', ...sampleBlocks(3)]);
        const transformReply = (reply: Reply): Reply =>
          reply.kind === 'message'
            ? { kind: 'raw', bytes: Buffer.from(`\r\n ${fullyEscaped(reply.message)}\n`) }
            : reply;
        return { blocks, peers, tracker: { ...tracker, transformReply } };
      },
      needs: ['wire.message.unframed/peer-as-client'],
    },
  ),
];
