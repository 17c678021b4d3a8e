import { sampleBlocks } from '../../stage/sample-blocks.ts';
import type { TrackerStage } from '../../stage/tracker-stage.ts';
import { Violation } from '../../violation.ts';
import { expectConforms, expectEqual, expectError, expectPeers, expectSuccess } from '../../wire/expect.ts';
import { field, type JsonObject } from '../../wire/message.ts';
import { register } from '../../wire/requests.ts';
import { trackerCase } from '../case.ts';
import { keyCases } from '../key-cases.ts';
import { otherLoopback, unlessLinux } from '../other-loopback.ts';
import { expectEachRefusedAsWritten } from '../indices-outside.ts';
import { answerNeeds } from '../server-case.ts';

/** The entry for a peer in a list of peers. */
const entryFor = (peers: readonly JsonObject[], id: string): JsonObject | undefined =>
  peers.find((entry) => field(entry, 'peer_id') === id);

/** An IPv4 address in the form of a dual-stack socket, `::ffff:127.0.0.1`, is the same address. */
const plainIp = (ip: unknown): string => String(ip).replace('::ffff:', '');

async function expectRegistered(tracker: TrackerStage): Promise<JsonObject> {
  const ana = await tracker.registrant('ana');
  return expectSuccess(await tracker.register(ana.id, ana.port));
}

/** Registers a peer; throws unless the answer has the lists. Their content is for other clauses. */
async function expectRegisteredWithLists(tracker: TrackerStage): Promise<void> {
  const message = await expectRegistered(tracker);
  const emptied = Object.entries(message).map(([key, value]) => [key, Array.isArray(value) ? [] : value] as const);
  expectConforms(Object.fromEntries(emptied), 'register.response');
}

/** Integers that are 20001 modulo 2^16, 2^32 or 2^64. */
const wrappedPorts = ['85537', '-45535', '4294987297', '-4294947295', '18446744073709571617', '-18446744073709531615'];

export const registerCases = [
  trackerCase(
    'tracker.register.success/first-peer',
    'A peer registers: success.',
    async (tracker) => {
      await expectRegistered(tracker);
    },
    { needs: answerNeeds('tracker', 'register'), setup: () => ({ startOnly: true }), running: true },
  ),

  trackerCase(
    'tracker.register.success/with-lists',
    'A peer registers: success, with initial_blocks and peers.',
    expectRegisteredWithLists,
    { setup: () => ({ startOnly: true }), running: true },
  ),

  trackerCase(
    'tracker.register.success/one-block',
    'The file is one block, and a peer registers: success, with initial_blocks and peers.',
    expectRegisteredWithLists,
    {
      setup: () => ({ file: Buffer.from(sampleBlocks(3).join('')), blocks: 1, startOnly: true }),
      needs: ['tracker.register.success/with-lists'],
    },
  ),

  trackerCase(
    'tracker.register.port-range/accepts-the-ends',
    'Peers register with listen_port 1 and 65535: success, and the tracker lists these ports.',
    async (tracker) => {
      for (const port of [1, 65_535]) {
        const id = `at-${port}`;
        expectSuccess(await tracker.register(id, port), `success for listen_port ${port}`);
        const entry = entryFor(expectPeers(await tracker.register('bia', 20_002)), id);
        expectEqual(field(entry, 'port'), port, `a list of peers with ${id} at port`);
      }
    },
    { needs: [keyCases.listsOthers, 'tracker.peers.entry/register-and-get-peers'], sharedBy: 'requests' },
  ),

  trackerCase(
    'tracker.register.port-range/refuses-others',
    'A peer registers with listen_port 0, -1, 65536: error each time.',
    async (tracker) => {
      for (const port of [0, -1, 65_536]) {
        expectError(await tracker.register(tracker.id('ana'), port), `status "error" for listen_port ${port}`);
      }
    },
    { running: true, sharedBy: 'requests' },
  ),

  trackerCase(
    'tracker.register.port-range/wraps',
    'A peer registers with a listen_port that is a port in 16, 32 or 64 bits only: error each time.',
    async (tracker) => {
      await expectEachRefusedAsWritten(tracker, register(tracker.id('ana'), 20_001), 'listen_port', wrappedPorts);
    },
    { needs: ['tracker.register.port-range/refuses-others'], running: true, sharedBy: 'requests' },
  ),

  trackerCase(
    'tracker.register.source-address/other-loopback-address',
    `A peer registers from ${otherLoopback}: the tracker lists that address.`,
    async (tracker) => {
      expectSuccess(await tracker.register('ana', 20_001, { localAddress: otherLoopback }));
      const peers = expectPeers(await tracker.register('bia', 20_002));
      const ip = field(entryFor(peers, 'ana'), 'ip');
      if (plainIp(ip) === otherLoopback) return;
      expectEqual(ip, otherLoopback, 'a list of peers with ana at ip');
    },
    {
      needs: [keyCases.listsOthers],
      inapplicable: unlessLinux,
      sharedBy: 'requests',
    },
  ),

  trackerCase(
    'tracker.register.source-address/ip-in-the-request',
    'A registration has fields ip and host, which the protocol does not know: the tracker lists the source address.',
    async (tracker) => {
      const [ana, bia] = [await tracker.registrant('ana'), await tracker.registrant('bia')];
      const wrong = '10.9.8.7';
      expectSuccess(
        await tracker.client.ask({ ...register(ana.id, ana.port), ip: wrong, host: wrong, address: wrong }),
      );
      const peers = expectPeers(await tracker.register(bia.id, bia.port));
      const ip = field(entryFor(peers, ana.id), 'ip');
      const { sourceIp } = tracker;
      if (ip === wrong)
        throw new Violation('the source address of the registration', `the ip ${wrong} that the request names`);
      if (sourceIp === undefined || plainIp(ip) === sourceIp) return;
      expectEqual(ip, sourceIp, 'a list of peers with ana at ip');
    },
    {
      needs: ['wire.fields.server-ignores-unknown/tracker', keyCases.listsOthers],
      running: true,
      sharedBy: 'requests',
    },
  ),

  trackerCase(
    'tracker.register.replaces/new-port',
    'A peer registers again with another port: the tracker lists it once, at the new port.',
    async (tracker) => {
      const { id, port } = await tracker.registrant('ana');
      const [other, bia] = [await tracker.registrant('ana-elsewhere'), await tracker.registrant('bia')];
      expectSuccess(await tracker.register(id, port));
      expectSuccess(await tracker.register(id, other.port), 'success for a second registration');
      const ports = expectPeers(await tracker.register(bia.id, bia.port))
        .filter((peer) => field(peer, 'peer_id') === id)
        .map((peer) => field(peer, 'port'));
      expectEqual(ports, [other.port], 'ports of the entries for ana');
    },
    {
      needs: [keyCases.listsOthers, 'tracker.peers.entry/register-and-get-peers'],
      running: true,
      sharedBy: 'requests',
    },
  ),

  trackerCase(
    'tracker.register.replaces/new-address',
    `A peer registers from ${otherLoopback}, then from 127.0.0.1: the tracker lists it once, at the new address.`,
    async (tracker) => {
      expectSuccess(await tracker.register('ana', 20_001, { localAddress: otherLoopback }));
      expectSuccess(await tracker.register('ana', 20_001), 'success for a second registration');
      const ips = expectPeers(await tracker.register('bia', 20_002))
        .filter((peer) => field(peer, 'peer_id') === 'ana')
        .map((peer) => plainIp(field(peer, 'ip')));
      expectEqual(ips, ['127.0.0.1'], 'addresses of the entries for ana');
    },
    {
      needs: ['tracker.register.source-address/other-loopback-address', 'tracker.register.replaces/new-port'],
      inapplicable: unlessLinux,
      sharedBy: 'requests',
    },
  ),
];
