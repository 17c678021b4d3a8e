import { setTimeout as pause } from 'node:timers/promises';
import { refusingPeer } from '../../../stage/scripted-peer.ts';
import type { PeerStage } from '../../../stage/peer-stage.ts';
import type { ServerStage } from '../../../stage/server-stage.ts';
import { answersWithinMs, goesOnWithinMs, neverIdleWithinMs } from '../../../time-limits.ts';
import { TimedViolation } from '../../../violation.ts';
import { readAnswer } from '../../../wire/client.ts';
import { cutAt, unitsOf } from '../../../wire/cuts.ts';
import { expectEqual, expectSuccess } from '../../../wire/expect.ts';
import { peerCase, trackerCase, type Case } from '../../case.ts';
import { keyCases } from '../../key-cases.ts';
import { serverCases, validRequest, validText } from '../../server-case.ts';

/** The server sends any bytes at all: every other case about answers needs that. */
async function expectAnyAnswer(server: ServerStage): Promise<void> {
  const connection = await server.client.open();
  await connection.send(validText(server));
  await connection.message(0, answersWithinMs);
  if (connection.received.length > 0) return;
  const { problem } = await readAnswer(connection, 0, 0);
  throw new TimedViolation('an answer as soon as the closing brace has arrived', problem ?? 'nothing');
}

/** Waits for what a peer does after its registration, at most an interval: one that dies of that serves nobody. */
async function untilItGoesOn(peer: PeerStage): Promise<void> {
  const { context, program } = peer;
  const goesOn = (): boolean => peer.requests().some(({ action }) => action !== 'register');
  await context.transcript.watch.until(() => goesOn() || program.exit !== undefined, goesOnWithinMs(context.timing));
}

/** Characters of two, three and four bytes, and escapes of every length, as they stand in a JSON string. */
const oddIdInJson = 'é語\u{1f600}\\u00e9\\u8a9e\\ud83d\\ude00\\"\\\\';
const oddId = JSON.parse(`"${oddIdInJson}"`) as string;

/** How many connections wait for their second segment at once: few enough for any server (`wire.idle.serves-others`). */
const connectionsAtOnce = 8;
/** The pause between two segments, so that the server reads each by itself. */
const betweenSegmentsMs = 50;

interface Cut {
  readonly at: number;
  readonly where: string;
}

/** Every place inside a character of several bytes or an escape, and the one before the closing brace. */
function cutsOf(request: string): Cut[] {
  const inside = unitsOf(request).flatMap(({ text, at, sizeBytes }) =>
    Array.from({ length: sizeBytes - 1 }, (_, n) => ({ at: at + n + 1, where: `after byte ${n + 1} of ${text}` })),
  );
  return [...inside, { at: Buffer.byteLength(request) - 1, where: 'before its closing brace' }];
}

/** Sends the request in pieces with pauses between them and leaves the stream open; throws unless it succeeds. */
async function expectGranted(
  { client, context }: ServerStage,
  pieces: readonly Buffer[],
  pauseMs: number,
  what: string,
): Promise<void> {
  const { transcript } = context;
  const connection = await client.open();
  const startMs = transcript.nowMs();
  for (const [n, piece] of pieces.entries()) {
    if (n > 0 && transcript.nowMs() - startMs < neverIdleWithinMs / 2) await pause(pauseMs);
    await connection.send(piece);
  }
  const sendingMs = transcript.nowMs() - startMs;
  const answer = await readAnswer(connection);
  // If sending took long on a busy machine, the server may have closed the connection as idle (wire.idle.may-close).
  if (sendingMs > neverIdleWithinMs && answer.value === undefined && !answer.malformed) return;
  expectSuccess(answer, `success for ${what}`);
  connection.close();
}

/** Sends the request byte by byte, and then in two segments, once for each place to cut it at. */
async function expectGrantedHoweverCut(server: ServerStage, request: string): Promise<void> {
  const bytes = Buffer.from(request);
  await expectGranted(server, cutAt(bytes, [...bytes.keys()].slice(1)), 1, `${request}, sent byte by byte`);
  const cuts = cutsOf(request);
  for (let n = 0; n < cuts.length; n += connectionsAtOnce) {
    await Promise.all(
      cuts.slice(n, n + connectionsAtOnce).map(async ({ at, where }) => {
        await expectGranted(server, cutAt(bytes, [at]), betweenSegmentsMs, `${request}, cut ${where}`);
      }),
    );
  }
}

export const serverReadsCases: Case[] = [
  trackerCase(
    'wire.server.acts-on-closing-brace/tracker-whole',
    'A request arrives in one piece with nothing after it: the tracker answers it.',
    expectAnyAnswer,
    { needs: [], setup: () => ({ startOnly: true }), running: true },
  ),

  peerCase(
    'wire.server.acts-on-closing-brace/peer-whole',
    'A request arrives in one piece with nothing after it: the peer answers it.',
    async (peer) => {
      await untilItGoesOn(peer);
      await expectAnyAnswer(peer);
    },
    { running: expectAnyAnswer },
  ),

  trackerCase(
    'wire.server.acts-on-closing-brace/tracker-every-cut',
    'Registrations arrive byte by byte, and cut inside every character and escape of the peer_id: success, and other peers get that very id.',
    async (tracker) => {
      await expectGrantedHoweverCut(tracker, `{"action":"register","peer_id":"${oddIdInJson}","listen_port":20001}`);
      expectEqual(tracker.othersIn(await tracker.getPeers(tracker.known)), [oddId], 'the ids of the peers listed');
    },
    { needs: [keyCases.listsAllWhenFew, keyCases.nonAsciiId], sharedBy: 'requests' },
  ),

  peerCase(
    'wire.server.acts-on-closing-brace/peer-every-cut',
    'Block requests arrive byte by byte, and cut inside every character and escape of the sender_id: the peer knows the sender and serves it.',
    async (peer) => {
      await peer.ready();
      await expectGrantedHoweverCut(peer, `{"action":"request_block","sender_id":"${oddIdInJson}","block_index":0}`);
    },
    {
      setup: () => ({ peers: [refusingPeer(oddId, [2, 3])] }),
      needs: ['peer.request-block.serves/odd-ids', keyCases.grants.peer],
    },
  ),

  ...serverCases(
    'wire.server.acts-on-closing-brace',
    'cut-at-inner-braces',
    'A request is cut after each brace inside it, in strings and in fields that the protocol does not know: success.',
    async (server) => {
      const { action, ...fields } = validRequest(server) as { action: string };
      const text = JSON.stringify({ note: '}', other: { a: { b: '}"' } }, action, last: {}, ...fields });
      const cuts = [...text.matchAll(/\}/g)].map(({ index }) => index + 1).slice(0, -1);
      const request = Buffer.from(text);
      await expectGranted(server, cutAt(request, cuts), betweenSegmentsMs, `${text}, cut after each inner brace`);
    },
    {
      needs: (role) => [
        `wire.message.unframed/${role}-braces-in-strings`,
        `wire.server.acts-on-closing-brace/${role}-every-cut`,
      ],
      sharedBy: 'requests',
    },
  ),
];
