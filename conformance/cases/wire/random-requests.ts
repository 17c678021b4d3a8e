import fc from 'fast-check';
import { checkMessage } from '../../../schemas/validate.ts';
import type { Case } from '../case.ts';
import { expectError, expectSuccess, show } from '../../wire/expect.ts';
import { tryRandomInputs } from './random-cases.ts';
import type { ServerStage } from '../../stage/server-stage.ts';
import { isRequestName } from '../../wire/requests.ts';
import { serverCases } from './server-case.ts';

/** Names that no message of the protocol uses, besides those that trip programs up. */
const unknownName = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', 'toString', 'length', ''),
  fc.string().map((text) => `x${text}`),
);

/** No name comes twice: what a server does about that is its own affair (wire.oddities.survives). */
const unknownFields = fc.uniqueArray(fc.tuple(unknownName, fc.jsonValue({ maxDepth: 2 })), {
  selector: ([name]) => name,
  maxLength: 4,
});

const whiteSpace = fc.string({ unit: fc.constantFrom(' ', '\n', '\r', '\t'), maxLength: 3 });

/** One message, written by somebody else: unknown fields among its own, in any order, with white space anywhere. */
function spell(
  message: object,
  extra: readonly (readonly [string, unknown])[],
  order: readonly number[],
  space: string,
): Buffer {
  const fields = [...Object.entries(message), ...extra].map(([key, value], n) => ({
    text: `${space}${JSON.stringify(key)}${space}:${space}${JSON.stringify(value)}`,
    rank: order[n] ?? n,
  }));
  const sorted = fields.sort((a, b) => a.rank - b.rank).map(({ text }) => text);
  return Buffer.from(`${space}{${sorted.join(`${space},`)}${space}}${space}`);
}

/** A valid request with one of its fields replaced by any JSON value, if that makes it invalid by its schema. */
function invalidRequests({ validRequests }: ServerStage): fc.Arbitrary<object> {
  const requests = [...validRequests.values()];
  return fc
    .tuple(fc.constantFrom(...requests), fc.nat(), fc.jsonValue({ maxDepth: 2 }))
    .map(([request, n, value]) => {
      const names = Object.keys(request);
      return { ...request, [names[n % names.length] ?? 'action']: JSON.parse(JSON.stringify(value)) as unknown };
    })
    .filter((request) => {
      const { action } = request as { action?: unknown };
      const name = typeof action === 'string' ? `${action}.request` : '';
      return !isRequestName(name) || checkMessage(name, request).length > 0;
    });
}

export const randomRequestCases: Case[] = [
  ...serverCases(
    'wire.fields.server-ignores-unknown',
    'random',
    'Requests come in random spellings, with random unknown fields in any place: success each time.',
    async (server) => {
      const [request = {}] = server.validRequests.values();
      const inputs = fc.tuple(unknownFields, fc.array(fc.nat(), { minLength: 8, maxLength: 8 }), whiteSpace);
      await tryRandomInputs(server.context.random, inputs, async ([extra, order, space]) => {
        const bytes = spell(request, extra, order, space);
        expectSuccess(await server.client.ask(bytes), `success for ${bytes.toString()}`);
      });
    },
  ),

  ...serverCases(
    'wire.invalid.wrong-type',
    'random',
    'Requests come with a field replaced by a random JSON value that its schema does not allow: error each time.',
    async (server) => {
      await server.ready();
      await tryRandomInputs(server.context.random, invalidRequests(server), async (request) => {
        expectError(await server.client.ask(request), `status "error" for ${show(request)}`);
      });
      await server.serves('forty random invalid requests');
    },
  ),
];
