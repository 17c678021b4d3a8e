import fc from 'fast-check';
import { checkMessage } from '../../../schemas/validate.ts';
import type { ServerStage } from '../../stage/server-stage.ts';
import { CannotJudge, Violation } from '../../violation.ts';
import { expectEqual, expectError, show } from '../../wire/expect.ts';
import { field } from '../../wire/message.ts';
import { isRequestName } from '../../wire/requests.ts';
import {
  expectErrors,
  identifiers,
  integers,
  oneOfEachKind,
  otherRolesRequests,
  withEachField,
  withFields,
} from '../changed-requests.ts';
import type { Case } from '../case.ts';
import { tryRandomInputs } from '../random-inputs.ts';
import { serverCases, validRequest, type Role } from '../server-case.ts';

/** Lists and objects in place of the value `right`, among them a list of it, which some languages take for the value. */
const listsAndObjects = (right: unknown): unknown[] => [[], {}, [1], [right], { a: 1 }];

const unknownActions = ['no_such_action', '', 'REGISTER', 'Have_Blocks_Info', '__proto__', 'constructor', 'toString'];

/** Invalid requests that would change the state of a server that took them for valid. */
function stateChangingIfTaken(server: ServerStage): object[] {
  return server.role === 'tracker'
    ? [
        withFields(server, 'register', { listen_port: undefined }),
        withFields(server, 'register', { listen_port: '20000' }),
        { action: 'register', peer_id: server.known, listen_port: 70_000 },
        { action: 'peer_offline', dead_peer_id: [server.known], sender_id: server.known },
        ...[undefined, 7, '', null, [server.known]].map((sender_id) => ({
          action: 'peer_offline',
          dead_peer_id: server.known,
          sender_id,
        })),
      ]
    : [{ action: 'announce_block', sender_id: server.known, block_index: '3' }];
}

/** A valid request with one field replaced by a random JSON value, if its schema does not allow the result. */
function randomInvalidRequests({ validRequests }: ServerStage): fc.Arbitrary<object> {
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

/** The cases about the ways in which a random request can be invalid, besides a wrong type. */
function otherWaysToBeInvalid(role: Role): string[] {
  const clauses = [
    'wire.invalid.wrong-type',
    'wire.invalid.unknown-action',
    'wire.invalid.other-role',
    'wire.types.strict-int',
    'wire.types.strict-string',
    'wire.types.identifiers-not-empty',
    'wire.request.told-by-action',
  ];
  const ranges =
    role === 'tracker'
      ? ['tracker.register.port-range/refuses-others', 'tracker.block.out-of-range/every-kind']
      : ['peer.request-block.out-of-range/every-kind', 'peer.announce.out-of-range/minus-one-and-beyond'];
  return [...clauses.map((clause) => `${clause}/${role}`), ...ranges];
}

/** More than any pool of workers has: a server that loses a worker to each invalid request has none left. */
const manyRequests = 200;

export const invalidCases: Case[] = [
  ...serverCases(
    'wire.invalid.no-action',
    '',
    'A request has no action: error.',
    (server) => expectErrors(server, [{ ...validRequest(server), action: undefined }, {}]),
    { sharedBy: 'requests' },
  ),

  ...serverCases(
    'wire.invalid.unknown-action',
    '',
    'A request has an unknown action: error.',
    (server) =>
      expectErrors(
        server,
        unknownActions.map((action) => ({ ...validRequest(server), action })),
      ),
    { sharedBy: 'requests' },
  ),

  ...serverCases(
    'wire.invalid.other-role',
    '',
    'A request is one for the other role: error.',
    (server) => expectErrors(server, otherRolesRequests(server)),
    { sharedBy: 'requests' },
  ),

  ...serverCases(
    'wire.invalid.missing-field',
    '',
    'Each request lacks each of its fields: error each time.',
    (server) =>
      expectErrors(
        server,
        withEachField(server, [identifiers, integers], () => [undefined]),
      ),
    { sharedBy: 'requests' },
  ),

  ...serverCases(
    'wire.invalid.wrong-type',
    '',
    'Each field of each request is a list or an object, and the action is not a string: error each time.',
    (server) =>
      expectErrors(server, [
        ...withEachField(server, [identifiers, integers], listsAndObjects),
        ...[1, true, null, [], {}].map((action) => ({ ...validRequest(server), action })),
      ]),
    { sharedBy: 'requests' },
  ),

  ...serverCases(
    'wire.invalid.wrong-type',
    'random',
    'Requests have one field replaced by a random JSON value that the schema does not allow: error each time.',
    async (server) => {
      await server.ready();
      await tryRandomInputs(server.context, randomInvalidRequests(server), async (request) => {
        expectError(await server.client.ask(request), `status "error" for ${show(request)}`);
      });
      await server.serves('forty random invalid requests');
    },
    { needs: otherWaysToBeInvalid, sharedBy: 'requests' },
  ),

  ...serverCases(
    'wire.invalid.reason',
    '',
    'Requests are invalid in each of several ways: each error has a reason.',
    async (server) => {
      let errors = 0;
      for (const request of oneOfEachKind(server)) {
        const { value } = await server.client.ask(request);
        // Whether it answers with an error is for the clauses on each kind.
        if (value === undefined || field(value, 'status') !== 'error') continue;
        errors++;
        const reason = field(value, 'reason');
        if (typeof reason !== 'string' || reason === '')
          throw new Violation(`a reason in the answer to ${show(request)}`, show(value));
      }
      if (errors === 0) throw new CannotJudge('no invalid request was answered with an error');
    },
    { needs: (role) => [`wire.invalid.serves-on/${role}`], sharedBy: 'requests' },
  ),

  ...serverCases(
    'wire.invalid.no-state-change',
    '',
    'Requests are invalid in each of several ways: the state stays as it was.',
    async (server) => {
      await server.ready();
      let errors = 0;
      for (const request of [...oneOfEachKind(server), ...stateChangingIfTaken(server)]) {
        const before = await server.state();
        const { value } = await server.client.ask(request);
        // A request that it does not refuse is for the clauses on each kind.
        if (field(value, 'status') !== 'error') continue;
        errors++;
        expectEqual(await server.state(), before, 'the state to be');
      }
      if (errors === 0) throw new CannotJudge('no invalid request was answered with an error');
    },
    {
      needs: (role) => [`wire.invalid.serves-on/${role}`],
      // The state of a running peer changes by itself when it gets a block.
      running: ['tracker'],
    },
  ),

  ...serverCases(
    'wire.invalid.serves-on',
    '',
    'Requests are invalid in each of several ways: after each, a valid request on another connection succeeds.',
    async (server) => {
      for (const request of oneOfEachKind(server)) {
        await server.client.ask(request);
        await server.serves(show(request));
      }
    },
    { sharedBy: 'requests' },
  ),

  ...serverCases(
    'wire.invalid.serves-on',
    'two-hundred',
    'Two hundred invalid requests arrive one after the other: a valid request after them succeeds.',
    async (server) => {
      const requests = oneOfEachKind(server);
      for (let n = 0; n < manyRequests; n += 1) {
        const { value } = await server.client.ask(requests[n % requests.length] ?? {});
        if (value === undefined) break;
      }
      await server.serves(`${manyRequests} invalid requests`);
    },
    { needs: (role) => [`wire.invalid.serves-on/${role}`], sharedBy: 'requests' },
  ),
];
