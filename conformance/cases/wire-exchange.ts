import type { Case } from '../case.ts';
import { expectAnswer, expectEqual, expectSuccess } from '../expect.ts';
import type { ServerStage } from '../stage/server-stage.ts';
import { Violation } from '../violation.ts';
import { ANSWER_TIMEOUT_MS, readAnswer } from '../wire/client.ts';
import type { Connection } from '../wire/connection.ts';
import { serverCases } from './server-case.ts';

/** The legal request that changes no state, with a field that has characters of two and four bytes. */
function harmless({ legal }: ServerStage): string {
  const [request] = legal.values();
  return JSON.stringify({ ...request, note: 'ação \u{1f600}' });
}

/** Sends the bytes in pieces, each in a TCP segment of its own as far as the suite can bring that about. */
async function sendPieces(connection: Connection, pieces: readonly Buffer[]): Promise<void> {
  for (const piece of pieces) {
    await connection.send(piece);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const cuts: readonly { variant: string; what: string; cut: (bytes: Buffer) => Buffer[] }[] = [
  { variant: 'whole', what: 'in one piece', cut: (bytes) => [bytes] },
  { variant: 'byte-by-byte', what: 'byte by byte', cut: (bytes) => [...bytes].map((byte) => Buffer.of(byte)) },
  {
    variant: 'brace-apart',
    what: 'with its closing brace apart',
    cut: (bytes) => [bytes.subarray(0, -1), bytes.subarray(-1)],
  },
  {
    variant: 'inside-utf-8',
    what: 'cut inside each character of several bytes',
    cut: (bytes) => {
      const inside = [...bytes.keys()].filter((at) => ((bytes[at] ?? 0) & 0xc0) === 0x80);
      return [0, ...inside].map((from, n) => bytes.subarray(from, inside[n] ?? bytes.length));
    },
  },
];

export const wireExchangeCases: Case[] = [
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
