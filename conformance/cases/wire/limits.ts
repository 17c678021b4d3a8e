import { peerCase, type Case } from '../case.ts';
import { expectSuccess } from '../../wire/expect.ts';
import { sampleBlocks } from '../../stage/sample-blocks.ts';
import type { ServerStage } from '../../stage/server-stage.ts';
import type { Connection } from '../../wire/connection.ts';
import { requestBlock } from '../../wire/requests.ts';
import { serverCases } from './server-case.ts';
import { mayAnswerLargeWithinMs } from '../../time-limits.ts';

/** A valid request of exactly `sizeBytes` from brace to brace, filled up by a field that the protocol does not know. */
function requestOfSize({ validRequests }: ServerStage, sizeBytes: number, filling = 'x'): Buffer {
  const [request] = validRequests.values();
  const base = Buffer.byteLength(JSON.stringify({ ...request, padding: '' }));
  const width = Buffer.byteLength(filling);
  const padding = filling.repeat(Math.floor((sizeBytes - base) / width)).padEnd((sizeBytes - base) % width, ' ');
  const rest = sizeBytes - base - Buffer.byteLength(padding);
  return Buffer.from(JSON.stringify({ ...request, padding: padding + 'x'.repeat(rest) }));
}

const limitBytes = 64 * 1024;

/** The clause says `some`, and a server may have a thread for each: so many connections are for any of them to bear. */
const SOME = 8;

/** What of an object that never ends a server is sent, to see how much of it stays in its memory. */
const endlessBytes = 16 << 20;

/** How much memory the program takes for an object that does not end, in words. */
async function growth({ client, server }: ServerStage): Promise<string> {
  const beforeBytes = server.memoryPeakBytes();
  const connection = await client.open();
  const sent = connection.send(`{"padding":"${'x'.repeat(endlessBytes)}`);
  await Promise.race([sent, connection.ended(mayAnswerLargeWithinMs), connection.message(0, mayAnswerLargeWithinMs)]);
  const afterBytes = server.memoryPeakBytes();
  if (beforeBytes === undefined || afterBytes === undefined) return 'not known on this system';
  return `${Math.round((afterBytes - beforeBytes) / (1 << 20))} MiB`;
}

export const wireLimitCases: Case[] = [
  ...serverCases(
    'wire.size.accepts-64-kib',
    '',
    'Requests have 4,096, 4,097 and 65,536 bytes from brace to brace: success each time.',
    async (server) => {
      for (const sizeBytes of [4_096, 4_097, limitBytes]) {
        const expected = `success for a request of ${sizeBytes} bytes`;
        expectSuccess(await server.client.ask(requestOfSize(server, sizeBytes)), expected);
        expectSuccess(await server.client.ask(requestOfSize(server, sizeBytes, 'é')), `${expected}, most of them of é`);
        const spaced = Buffer.concat([Buffer.from('\r\n'), requestOfSize(server, sizeBytes), Buffer.from('\r\n')]);
        expectSuccess(await server.client.ask(spaced), `${expected}, with white space before and after it`);
      }
    },
  ),

  ...serverCases(
    'wire.size.may-refuse-larger',
    '',
    'A request has 64 KiB and one byte, another has 16 MiB and does not end.',
    async (server) => {
      const { value, problem } = await server.client.ask(requestOfSize(server, limitBytes + 1), {
        timeoutMs: mayAnswerLargeWithinMs,
      });
      const answer = value === undefined ? problem : JSON.stringify(value['status']);
      return `a request of ${limitBytes + 1} bytes gets ${answer}; one of 16 MiB takes memory: ${await growth(server)}`;
    },
    { running: [] },
  ),

  ...serverCases(
    'wire.idle.serves-others',
    '',
    'Eight clients connect and stay silent, then eight send half a request and no more: another is served.',
    async (server) => {
      for (const [text, what] of [
        ['', 'that stay silent'],
        ['{"action":"get_pe', 'with half a request'],
      ] as const) {
        const connections: Connection[] = [];
        for (let n = 0; n < SOME; n += 1) connections.push(await server.client.open());
        for (const connection of connections) await connection.send(text);
        await server.serves(`eight connections ${what}`);
        for (const connection of connections) connection.close();
      }
    },
  ),

  peerCase(
    'wire.idle.serves-others/peer-one-who-does-not-read',
    'Three clients ask for a block of 4 MiB and read nothing; another is served meanwhile.',
    async (peer) => {
      await peer.ready();
      for (let n = 0; n < 3; n += 1) {
        const connection = await peer.client.open();
        connection.stopReading();
        await connection.send(JSON.stringify(requestBlock(peer.known, 0)));
      }
      await peer.serves('block requests whose senders do not read');
    },
    {
      setup: () => ({
        blocks: ['um texto longo. '.repeat(1 << 18), ...sampleBlocks(3)],
        tracker: { initialBlocks: [0] },
      }),
      needs: ['peer.request-block.serves/initial-block'],
    },
  ),
];
