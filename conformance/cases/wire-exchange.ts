import { peerCase, trackerCase, type Case } from '../case.ts';
import { expectAnswer, expectEqual, expectPeerIds, expectSuccess } from '../expect.ts';
import { miser } from '../stage/scripted-peer.ts';
import type { ServerStage } from '../stage/server-stage.ts';
import { Violation } from '../violation.ts';
import { ANSWER_TIMEOUT_MS, readAnswer } from '../wire/client.ts';
import type { Connection } from '../wire/connection.ts';
import { register, requestBlock } from '../wire/requests.ts';
import { actions, ANSWERS, BASIC, serverCases } from './server-case.ts';

/** The legal request that changes no state, with a field that has characters of two and four bytes. */
function harmless({ legal }: ServerStage): string {
  const [request] = legal.values();
  return JSON.stringify({ ...request, note: 'ação \u{1f600}' });
}

/** Sends the bytes in pieces, so far apart that each comes in a TCP segment, and most likely a read, of its own. */
async function sendPieces(connection: Connection, pieces: readonly Buffer[]): Promise<void> {
  const pauseMs = pieces.length > 10 ? 1 : 30;
  for (const piece of pieces) {
    await connection.send(piece);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** Cuts bytes inside each character of several bytes. */
function insideCharacters(bytes: Buffer): Buffer[] {
  const inside = [...bytes.keys()].filter((at) => ((bytes[at] ?? 0) & 0xc0) === 0x80);
  return [0, ...inside].map((from, n) => bytes.subarray(from, inside[n] ?? bytes.length));
}

const ODD_ID = 'joão \u{1f600}';

const cuts: readonly { variant: string; what: string; cut: (bytes: Buffer) => Buffer[] }[] = [
  { variant: 'byte-by-byte', what: 'byte by byte', cut: (bytes) => [...bytes].map((byte) => Buffer.of(byte)) },
  {
    variant: 'brace-apart',
    what: 'with its closing brace apart',
    cut: (bytes) => [bytes.subarray(0, -1), bytes.subarray(-1)],
  },
  {
    variant: 'inside-utf-8',
    what: 'cut inside each character of several bytes',
    cut: insideCharacters,
  },
];

/** Any bytes for a request in one piece: all that is said about answers needs that there are any. */
const answersAtAll: Parameters<typeof trackerCase>[2] & Parameters<typeof peerCase>[2] = async (
  server: ServerStage,
) => {
  const connection = await server.client.open();
  await connection.send(harmless(server));
  await connection.message(0, ANSWER_TIMEOUT_MS);
  if (connection.received.length > 0) return;
  const { problem } = await readAnswer(connection, 0, 0);
  throw new Violation('an answer as soon as the closing brace has come, with nothing after it', problem ?? 'nothing');
};

export const wireExchangeCases: Case[] = [
  trackerCase(ANSWERS.tracker, 'A request comes in one piece and nothing after it: it is answered.', answersAtAll, {
    needs: [],
    setup: () => ({ bare: true }),
  }),
  peerCase(ANSWERS.peer, 'A request comes in one piece and nothing after it: it is answered.', answersAtAll),

  ...cuts.flatMap(({ variant, what, cut }) =>
    serverCases(
      'wire.server.acts-on-closing-brace',
      variant,
      `A request comes ${what}, with nothing after it, and the stream stays open: it is answered.`,
      async (server) => {
        const connection = await server.client.open();
        await sendPieces(connection, cut(Buffer.from(harmless(server))));
        expectSuccess(await readAnswer(connection), `success for a request that came ${what}`);
      },
    ),
  ),

  trackerCase(
    'wire.server.acts-on-closing-brace/tracker-id-cut-inside',
    'A registration is cut inside each character of its peer_id: others are given the very id.',
    async (tracker) => {
      const connection = await tracker.client.open();
      await sendPieces(connection, insideCharacters(Buffer.from(JSON.stringify(register(ODD_ID, 20_001)))));
      expectSuccess(await readAnswer(connection), `success for the registration of ${ODD_ID}`);
      expectEqual(expectPeerIds(await tracker.getPeers(tracker.known)), [ODD_ID], 'the ids of the peers listed');
    },
    { needs: [BASIC.tracker] },
  ),

  peerCase(
    'wire.server.acts-on-closing-brace/peer-id-cut-inside',
    'A block request is cut inside each character of its sender_id: the sender is known, and gets the block.',
    async (peer) => {
      await peer.ready();
      const connection = await peer.client.open();
      await sendPieces(connection, insideCharacters(Buffer.from(JSON.stringify(requestBlock(ODD_ID, 0)))));
      expectSuccess(await readAnswer(connection), `block 0 for ${ODD_ID}, the only known peer`);
    },
    {
      setup: () => ({ peers: [miser(ODD_ID, [2, 3])] }),
      needs: ['peer.request-block.serves/initial-block'],
    },
  ),

  ...serverCases(
    'wire.exchange.server-closes',
    '',
    'After its answer the server closes the connection.',
    async (server) => {
      const connection = await server.client.open();
      await connection.send(harmless(server));
      expectAnswer(await readAnswer(connection));
      if ((await connection.ended(ANSWER_TIMEOUT_MS)) === undefined) {
        throw new Violation(
          'the server to close after its answer',
          `a connection still open after ${ANSWER_TIMEOUT_MS} ms`,
        );
      }
    },
  ),

  ...serverCases(
    'wire.exchange.half-close',
    '',
    'The client ends its sending side right after the request: it still gets the answer.',
    async (server) => {
      const connection = await server.client.open();
      await connection.send(harmless(server));
      connection.halfClose();
      expectSuccess(await readAnswer(connection), 'success for a client that has half-closed');
    },
  ),

  ...serverCases(
    'wire.exchange.half-close',
    'every-action',
    'The client ends its sending side right after a request of each kind: it still gets the answers.',
    async (server) => {
      await server.ready();
      for (const [action, request] of server.legal) {
        const connection = await server.client.open();
        await connection.send(JSON.stringify(request));
        connection.halfClose();
        expectAnswer(await readAnswer(connection), `an answer to ${action} for a client that has half-closed`);
      }
    },
    {
      needs: (role) => [
        `wire.exchange.half-close/${role}`,
        ...actions[role].map((action) => `wire.response.status/${role}-${action}`),
      ],
    },
  ),

  ...serverCases(
    'wire.exchange.drains-before-close',
    '',
    'White space follows the request in the same segment: the answer arrives whole, and no reset follows it.',
    async (server) => {
      for (const rest of ['\n', '\r\n'.repeat(300)]) {
        const connection = await server.client.open();
        await connection.send(harmless(server) + rest);
        expectSuccess(await readAnswer(connection), 'success for a request with white space after it');
        expectEqual(await connection.ended(ANSWER_TIMEOUT_MS), 'closed', 'the connection to be');
      }
    },
    { needs: (role) => [`wire.exchange.server-closes/${role}`] },
  ),
];
