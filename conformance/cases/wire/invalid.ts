import type { Case } from '../case.ts';
import { expectEqual, expectError, show } from '../../wire/expect.ts';
import type { ServerStage } from '../../stage/server-stage.ts';
import { Violation } from '../../violation.ts';
import { field } from '../../wire/message.ts';
import {
  announceBlock,
  getPeers,
  haveBlocksInfo,
  peerOffline,
  register,
  requestBlock,
  requestBlockTracker,
} from '../../wire/requests.ts';
import { actions, serverCases } from './server-case.ts';

/** The fields that a request must have, by action: identifiers (strings) and integers. */
const identifiers: Readonly<Record<string, readonly string[]>> = {
  register: ['peer_id'],
  get_peers: ['peer_id'],
  request_block_tracker: ['sender_id'],
  peer_offline: ['dead_peer_id', 'sender_id'],
  have_blocks_info: ['sender_id'],
  request_block: ['sender_id'],
  announce_block: ['sender_id'],
};
const integers: Readonly<Record<string, readonly string[]>> = {
  register: ['listen_port'],
  request_block_tracker: ['block_index'],
  request_block: ['block_index'],
  announce_block: ['block_index'],
};

/** Values that are not ints although some language takes each of them for one. */
const notInts = [true, false, '0', '1', '', 1.5, null];
/** Values that are not strings although some languages turn them into one, or into none. */
const notStrings = [1, 0, 1.5, true, false, null];

/** Values of a wrong kind altogether; a list of the right one among them, which some languages take for what is in it. */
const wrongKinds = (right: unknown): unknown[] => [[], {}, [1], [right], { a: 1 }];

/** What is meant for the other role, made out by a party that the server knows. */
function foreign({ role, known }: ServerStage): { action: string }[] {
  return role === 'tracker'
    ? [haveBlocksInfo(known), requestBlock(known, 0), announceBlock(known, 0)]
    : [getPeers(known), register(known, 20_001), requestBlockTracker(known, 0), peerOffline('nobody', known)];
}

/** The valid request of an action with some fields changed, or left out where the value is undefined. */
function changed(
  { validRequests }: ServerStage,
  action: string,
  fields: Record<string, unknown>,
): { action?: unknown } {
  return { ...validRequests.get(action), ...fields };
}

/** The valid request of each action with one of its fields after the other set to each of the values. */
function eachField(
  server: ServerStage,
  names: readonly Readonly<Record<string, readonly string[]>>[],
  values: (right: unknown) => readonly unknown[],
): { action?: unknown }[] {
  return [...server.validRequests].flatMap(([action, request]) =>
    names
      .flatMap((byAction) => byAction[action] ?? [])
      .flatMap((name) =>
        values(request[name as keyof typeof request]).map((value) => changed(server, action, { [name]: value })),
      ),
  );
}

/** Asks all of them, up to the first that is no error: what is on the wire last is what was wrong. */
async function expectRefusals(server: ServerStage, requests: readonly { action?: unknown }[]): Promise<void> {
  // A block request of a sender that is choked is refused whatever it says.
  if (requests.some(({ action }) => action === 'request_block')) await server.ready();
  for (const request of requests) expectError(await server.client.ask(request), `status "error" for ${show(request)}`);
}

/** One request for each way to be invalid that the clauses about invalid requests name. */
function oneOfEachKind(server: ServerStage): object[] {
  const [action] = actions[server.role];
  const [id = ''] = identifiers[action] ?? [];
  return [
    { greeting: 'hello' },
    { action: 'no_such_action', sender_id: server.known, peer_id: server.known },
    ...foreign(server),
    changed(server, action, { [id]: undefined }),
    changed(server, action, { [id]: 7 }),
  ];
}

/** More than any pool of workers has: a server that loses one to each invalid request has none left. */
const tiring = 200;

export const wireInvalidCases: Case[] = [
  ...serverCases(
    'wire.types.strict-int',
    '',
    'Every int of every request is a boolean, a string of digits or of nothing, a fraction, null: error each time.',
    (server) =>
      expectRefusals(
        server,
        eachField(server, [integers], () => notInts),
      ),
  ),

  ...serverCases(
    'wire.types.strict-string',
    '',
    'Every id of every request is a number, a boolean, null: error each time.',
    (server) =>
      expectRefusals(
        server,
        eachField(server, [identifiers], () => notStrings),
      ),
  ),

  ...serverCases(
    'wire.types.identifiers-not-empty',
    '',
    'Every id of every request is the empty string: error each time.',
    (server) =>
      expectRefusals(
        server,
        eachField(server, [identifiers], () => ['']),
      ),
  ),

  ...serverCases(
    'wire.invalid.missing-field',
    '',
    'Every request lacks each of its fields: error each time.',
    (server) =>
      expectRefusals(
        server,
        eachField(server, [identifiers, integers], () => [undefined]),
      ),
  ),

  ...serverCases(
    'wire.invalid.wrong-type',
    '',
    'Every field of every request is a list or an object, and the action is no string: error each time.',
    (server) => {
      const [request] = server.validRequests.values();
      const actions = [1, true, null, [], {}].map((action) => ({ ...request, action }));
      return expectRefusals(server, [...eachField(server, [identifiers, integers], wrongKinds), ...actions]);
    },
  ),

  ...serverCases('wire.invalid.no-action', '', 'A request has no action: error.', (server) => {
    const [request] = server.validRequests.values();
    return expectRefusals(server, [{ ...request, action: undefined }, {}]);
  }),

  ...serverCases('wire.invalid.unknown-action', '', 'A request has an action that nobody knows: error.', (server) => {
    const [request] = server.validRequests.values();
    const unknown = ['no_such_action', '', 'REGISTER', 'Have_Blocks_Info', '__proto__', 'constructor', 'toString'];
    return expectRefusals(
      server,
      unknown.map((action) => ({ ...request, action })),
    );
  }),

  ...serverCases('wire.invalid.other-role', '', 'A request is meant for the other role: error.', (server) =>
    expectRefusals(server, foreign(server)),
  ),

  ...serverCases(
    'wire.invalid.reason',
    '',
    'Whatever is wrong with a request, the error has a reason.',
    async (server) => {
      for (const request of oneOfEachKind(server)) {
        const message = expectError(await server.client.ask(request));
        const reason = field(message, 'reason');
        if (typeof reason !== 'string' || reason === '')
          throw new Violation(`a reason in the answer to ${show(request)}`, show(message));
      }
    },
  ),

  ...serverCases(
    'wire.invalid.no-state-change',
    '',
    'Invalid requests of every kind come: the state is as before.',
    async (server) => {
      await server.ready();
      const before = await server.state();
      for (const request of [...oneOfEachKind(server), ...stateChangingIfTaken(server)])
        await server.client.ask(request);
      expectEqual(await server.state(), before, 'the state to be');
    },
    // A running peer may get a block meanwhile.
    { running: ['tracker'] },
  ),

  ...serverCases(
    'wire.invalid.serves-on',
    '',
    'Invalid requests of every kind come: after each of them an honest request of another connection is served.',
    async (server) => {
      for (const request of oneOfEachKind(server)) {
        await server.client.ask(request);
        await server.serves(show(request));
      }
    },
  ),

  ...serverCases(
    'wire.invalid.serves-on',
    'two-hundred',
    'Two hundred invalid requests come, one after the other: an honest request is served after them.',
    async (server) => {
      const requests = oneOfEachKind(server);
      for (let n = 0; n < tiring; n += 1) {
        const { value } = await server.client.ask(requests[n % requests.length] ?? {});
        if (value === undefined) break;
      }
      await server.serves(`${tiring} invalid requests`);
    },
    { needs: (role) => [`wire.invalid.serves-on/${role}`] },
  ),
];

/** Invalid requests that would change the state of a server that took them for valid. */
function stateChangingIfTaken(server: ServerStage): object[] {
  return server.role === 'tracker'
    ? [
        changed(server, 'register', { listen_port: undefined }),
        changed(server, 'register', { listen_port: '20000' }),
        { action: 'register', peer_id: server.known, listen_port: 70_000 },
        { action: 'peer_offline', dead_peer_id: [server.known], sender_id: server.known },
      ]
    : [{ action: 'announce_block', sender_id: server.known, block_index: '3' }];
}
