import fc from 'fast-check';
import { refusingPeer } from '../../stage/scripted-peer.ts';
import { repeatsWithinMs } from '../../time-limits.ts';
import { expectSuccess } from '../../wire/expect.ts';
import type { Reply } from '../../wire/scripted-server.ts';
import { peerCase, type Case } from '../case.ts';
import { keyCases } from '../key-cases.ts';
import { tryRandomInputs } from '../random-inputs.ts';
import { validRequest, serverCases } from '../server-case.ts';
import { readsAnyText, transformedReplies, untilRepeated } from '../swarms.ts';

/** Names that no message of the protocol uses, among them names that every object has in some languages. */
const unknownName = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', 'length', ''),
  fc.string().map((text) => `x${text}`),
);

/** All names differ: what a server does with the same name twice is up to it (`wire.oddities.survives`). */
const unknownFields = fc.uniqueArray(fc.tuple(unknownName, fc.jsonValue({ maxDepth: 2 })), {
  selector: ([name]) => name,
  maxLength: 4,
});

const whiteSpace = fc.string({ unit: fc.constantFrom(' ', '\n', '\r', '\t'), maxLength: 3 });

/** A message as JSON with unknown fields among its own, in the order of `ranks`, with `space` around every part. */
function spell(
  message: object,
  unknown: readonly (readonly [string, unknown])[],
  ranks: readonly number[],
  space: string,
): Buffer {
  const fields = [...Object.entries(message), ...unknown].map(([key, value], n) => ({
    text: `${space}${JSON.stringify(key)}${space}:${space}${JSON.stringify(value)}`,
    rank: ranks[n] ?? n,
  }));
  const sorted = fields.sort((a, b) => a.rank - b.rank).map(({ text }) => text);
  return Buffer.from(`${space}{${sorted.join(`${space},`)}${space}}${space}`);
}

/** Fields that some languages have on every object. The content of `__proto__` must not count as fields of the message. */
const inherited = JSON.parse(
  '{"toString":null,"__proto__":{"status":"error","encoding":"none","initial_blocks_data":{"0":"x"}}}',
) as object;

function withUnknownFields(reply: Reply): Reply {
  if (reply.kind !== 'message') return reply;
  return { ...reply, message: { note: 'é', ...reply.message, constructor: [1], ...inherited } };
}

function withUnknownFieldsInEntries(reply: Reply): Reply {
  if (reply.kind !== 'message' || !('peers' in reply.message)) return reply;
  const peers = (reply.message.peers as object[]).map((entry) => ({ note: 'x', status: 'error', ...entry, x: [null] }));
  return { ...reply, message: { ...reply.message, peers } };
}

export const fieldsCases: Case[] = [
  ...serverCases(
    'wire.fields.server-ignores-unknown',
    '',
    'A request has fields of any name and type that the protocol does not know: success.',
    async (server) => {
      // Fields in another order are for wire.message.any-spelling.
      const known = JSON.stringify(validRequest(server)).slice(0, -1);
      const unknown = '"__proto__":{"action":"x"},"constructor":1,"status":"error","x":[{"y":null}],"toString":"z"';
      const request = Buffer.from(`${known},${unknown}}`);
      expectSuccess(await server.client.ask(request), 'success for a request with unknown fields');
    },
    { sharedBy: 'requests' },
  ),

  ...serverCases(
    'wire.fields.server-ignores-unknown',
    'other-case',
    'A request has its fields, and with wrong values also fields whose names differ from them in case: success.',
    async (server) => {
      const known = Object.entries(validRequest(server));
      const others = known.flatMap(([name]) => [
        [name.toUpperCase(), 7],
        [name.charAt(0).toUpperCase() + name.slice(1), ''],
      ]);
      for (const fields of [
        [...known, ...others],
        [...others, ...known],
      ]) {
        const request = Object.fromEntries(fields) as object;
        expectSuccess(await server.client.ask(request), `success for ${JSON.stringify(request)}`);
      }
    },
    {
      needs: (role) => [`wire.fields.server-ignores-unknown/${role}`, `wire.message.any-spelling/${role}`],
      sharedBy: 'requests',
    },
  ),

  ...serverCases(
    'wire.fields.server-ignores-unknown',
    'random',
    'Requests have random spellings and random unknown fields in random places: success each time.',
    async (server) => {
      const request = validRequest(server);
      const inputs = fc.tuple(unknownFields, fc.array(fc.nat(), { minLength: 8, maxLength: 8 }), whiteSpace);
      await tryRandomInputs(server.context, inputs, async ([unknown, ranks, space]) => {
        const bytes = spell(request, unknown, ranks, space);
        expectSuccess(await server.client.ask(bytes), `success for ${bytes.toString()}`);
      });
    },
    {
      needs: (role) => [
        `wire.fields.server-ignores-unknown/${role}`,
        `wire.message.any-spelling/${role}`,
        `wire.message.whitespace/${role}`,
      ],
      sharedBy: 'requests',
    },
  ),

  peerCase(
    'wire.fields.client-ignores-unknown/in-every-answer',
    'All answers have fields that the protocol does not know: the download completes.',
    (peer) => peer.complete({ file: 'contents' }),
    { setup: () => transformedReplies(withUnknownFields), needs: readsAnyText },
  ),

  peerCase(
    'wire.fields.client-ignores-unknown/in-entries',
    'The entries of the lists of peers have fields that the protocol does not know: the peer asks a listed one for its blocks.',
    async (peer) => {
      const infosAsked = (): number => peer.peer('ana').seen('have_blocks_info').length;
      await untilRepeated(peer, infosAsked, 1, 'have_blocks_info to ana', repeatsWithinMs(peer.context.timing, 1));
    },
    {
      setup: () => ({
        peers: [refusingPeer('ana', [2, 3])],
        tracker: { transformReply: withUnknownFieldsInEntries },
      }),
      needs: [keyCases.asksNewPeersForBlocks],
    },
  ),
];
