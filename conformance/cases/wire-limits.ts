import type { Case } from '../case.ts';
import { expectSuccess } from '../expect.ts';
import type { ServerStage } from '../stage/server-stage.ts';
import { serverCases } from './server-case.ts';

/** A legal request of exactly `sizeBytes` from brace to brace, filled up by a field that the protocol does not know. */
function requestOfSize({ legal }: ServerStage, sizeBytes: number, filling = 'x'): Buffer {
  const [request] = legal.values();
  const base = Buffer.byteLength(JSON.stringify({ ...request, padding: '' }));
  const width = Buffer.byteLength(filling);
  const padding = filling.repeat(Math.floor((sizeBytes - base) / width)).padEnd((sizeBytes - base) % width, ' ');
  const rest = sizeBytes - base - Buffer.byteLength(padding);
  return Buffer.from(JSON.stringify({ ...request, padding: padding + 'x'.repeat(rest) }));
}

const LIMIT_BYTES = 64 * 1024;

/** The clause says `some`, and a server may have a thread for each: so many connections are for any of them to bear. */
const SOME = 8;

export const wireLimitCases: Case[] = [
  ...[4_096, 4_097, LIMIT_BYTES].flatMap((sizeBytes) =>
    serverCases(
      'wire.size.accepts-64-kib',
      `${sizeBytes}-bytes`,
      `A request has ${sizeBytes} bytes from brace to brace: success.`,
      async (server) => {
        const expected = `success for a request of ${sizeBytes} bytes`;
        expectSuccess(await server.client.ask(requestOfSize(server, sizeBytes)), expected);
        expectSuccess(await server.client.ask(requestOfSize(server, sizeBytes, 'é')), `${expected}, most of them of é`);
      },
    ),
  ),

  ...serverCases('wire.size.may-refuse-larger', '', 'A request has 64 KiB and one byte.', async (server) => {
    const { value, problem } = await server.client.ask(requestOfSize(server, LIMIT_BYTES + 1), { timeoutMs: 3_000 });
    return `a request of ${LIMIT_BYTES + 1} bytes gets ${value === undefined ? problem : JSON.stringify(value['status'])}`;
  }),

  ...serverCases(
    'wire.idle.serves-others',
    'silent',
    'Eight clients connect and stay silent: another is served.',
    async (server) => {
      for (let n = 0; n < SOME; n += 1) await server.client.open();
      await server.serves('eight connections that stay silent');
    },
  ),

  ...serverCases(
    'wire.idle.serves-others',
    'half-a-request',
    'Eight clients send half a request and no more: another is served.',
    async (server) => {
      for (let n = 0; n < SOME; n += 1) await (await server.client.open()).send('{"action":"get_pe');
      await server.serves('eight connections with half a request');
    },
  ),
];
