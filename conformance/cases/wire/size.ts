import { sampleBlocks } from '../../stage/sample-blocks.ts';
import type { ServerStage } from '../../stage/server-stage.ts';
import { asksForBlockWithinMs, mayAnswerLargeWithinMs, readsSlowlyExtraMs } from '../../time-limits.ts';
import { expectSuccess } from '../../wire/expect.ts';
import { peerCase, type Case } from '../case.ts';
import { keyCases } from '../key-cases.ts';
import { validRequest, serverCases } from '../server-case.ts';
import { noOtherPeer } from '../swarms.ts';

/** A valid request of exactly `sizeBytes` from brace to brace, padded by a field that the protocol does not know. */
function requestOfSize(server: ServerStage, sizeBytes: number, character = 'x'): Buffer {
  const request = validRequest(server);
  const base = Buffer.byteLength(JSON.stringify({ ...request, padding: '' }));
  const width = Buffer.byteLength(character);
  const padding = character.repeat(Math.floor((sizeBytes - base) / width)).padEnd((sizeBytes - base) % width, ' ');
  const rest = sizeBytes - base - Buffer.byteLength(padding);
  return Buffer.from(JSON.stringify({ ...request, padding: padding + 'x'.repeat(rest) }));
}

const limitBytes = 64 * 1024;

/** How much of an object that does not end a server is sent, to see how much of it stays in memory. */
const endlessBytes = 16 << 20;

/** How much the program's memory grows while it reads an object that does not end, as text. */
async function memoryGrowth({ client, server }: ServerStage): Promise<string> {
  const beforeBytes = server.memoryPeakBytes();
  const connection = await client.open();
  const sent = connection.send(`{"padding":"${'x'.repeat(endlessBytes)}`);
  await Promise.race([sent, connection.ended(mayAnswerLargeWithinMs), connection.message(0, mayAnswerLargeWithinMs)]);
  const afterBytes = server.memoryPeakBytes();
  if (beforeBytes === undefined || afterBytes === undefined) return 'not known on this system';
  return `${Math.round((afterBytes - beforeBytes) / (1 << 20))} MiB`;
}

/** A peer that asks for the same block this often cannot read the answer. */
const mostRequestsForOneBlock = 8;

export const sizeCases: Case[] = [
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
    {
      needs: (role) => [
        `wire.fields.server-ignores-unknown/${role}`,
        `wire.message.whitespace/${role}`,
        `wire.server.acts-on-closing-brace/${role}-every-cut`,
      ],
      sharedBy: 'requests',
    },
  ),

  ...serverCases(
    'wire.size.accepts-64-kib',
    'spaces-before',
    'A request of 60 KB comes after 8 KiB of spaces, which do not count: success.',
    async (server) => {
      const request = Buffer.concat([Buffer.alloc(8 * 1024, ' '), requestOfSize(server, 60_000)]);
      expectSuccess(await server.client.ask(request), 'success for a request of 60,000 bytes after 8 KiB of spaces');
    },
    { needs: (role) => [`wire.size.accepts-64-kib/${role}`], sharedBy: 'requests' },
  ),

  ...serverCases(
    'wire.size.may-refuse-larger',
    '',
    'One request has 64 KiB and one byte, another has 16 MiB and does not end.',
    async (server) => {
      const request = requestOfSize(server, limitBytes + 1);
      const { value, problem } = await server.client.ask(request, { timeoutMs: mayAnswerLargeWithinMs });
      const answer = value === undefined ? problem : JSON.stringify(value['status']);
      return `a request of ${limitBytes + 1} bytes gets ${answer}; one of 16 MiB takes memory: ${await memoryGrowth(server)}`;
    },
    { running: [] },
  ),

  peerCase(
    'wire.size.client-takes-any-response/16-mib-block',
    'The file is one block of 16 MiB: the peer writes it, byte for byte.',
    (peer) =>
      peer.complete({
        file: 'contents',
        extraMs: readsSlowlyExtraMs,
        isHopeless: () => peer.tracker.seen('request_block_tracker').length > mostRequestsForOneBlock,
      }),
    {
      setup: () =>
        noOtherPeer([
          sampleBlocks(1)
            .join('')
            .repeat(1 + (16 << 20) / 40)
            .slice(0, 16 << 20),
        ]),
      needs: [keyCases.writesContents, 'peer.file.exact/one-block', 'wire.client.reads-to-closing-brace/cut-inside'],
    },
  ),

  peerCase(
    'wire.size.client-takes-any-response/10000-blocks',
    'N is 10,000 and one peer says that it has every block: the subject asks it for one of them.',
    async (peer) => {
      const hasAsked = (): boolean => peer.peer('ana').seen('request_block').length > 0;
      const timeoutMs = asksForBlockWithinMs(peer.context.timing);
      await peer.until(hasAsked, timeoutMs, 'a request for a block that ana says it has', () => 'none');
    },
    {
      setup: () => ({
        blocks: Array.from({ length: 10_000 }, () => 'x'),
        peers: [{ id: 'ana', holds: new Set(Array.from({ length: 10_000 }).keys()) }],
        tracker: { initialBlocks: [] },
      }),
      needs: ['wire.client.reads-to-closing-brace/cut-inside', keyCases.asksHolder, keyCases.downloadsFromPeer],
    },
  ),
];
