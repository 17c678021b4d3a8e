import { trackerCase } from '../case.ts';
import {
  expectConforms,
  expectEqual,
  expectError,
  expectPeerIds,
  expectPeers,
  expectSuccess,
} from '../../wire/expect.ts';
import { Violation } from '../../violation.ts';
import { field } from '../../wire/message.ts';
import { register } from '../../wire/requests.ts';
import { answerNeeds } from '../wire/server-case.ts';

const ENTRY = 'tracker.peers.entry/register-and-get-peers';
const listsOthers = 'tracker.register.lists-others/three-others';

/** Any address of the loopback network but the usual one: a client can be there without being configured. */
const otherLoopback = '127.0.0.2';

const otherSystem = (): string | undefined =>
  process.platform === 'linux' ? undefined : 'only Linux lets a client choose among loopback addresses';

/** Ids of different peers that a careless comparison takes for the same, and one that is the beginning of others. */
const long = 'x'.repeat(1_000);
const ALIKE = ['an', 'ana', 'Ana', ' ana', 'ana ', 'jo\u00e3o', 'joa\u0303o', '1', '01', `${long}1`, `${long}2`];

/** Ids that a program may take for a key that every object has, a path, markup or a terminal escape. */
const ODD = ['__proto__', 'constructor', '../../etc/passwd', 'joão "ção" \u{1f600}', '<b>\u001b[31m'];

export const trackerRegisterCases = [
  trackerCase(
    'tracker.register.success/first-peer',
    'A peer registers with a tracker: success, with initial_blocks and peers.',
    async (tracker) => {
      const ana = await tracker.registrant('ana');
      const message = expectSuccess(await tracker.register(ana.id, ana.port));
      // What is in the lists is for other clauses.
      const emptied = Object.entries(message).map(([key, value]) => [key, Array.isArray(value) ? [] : value] as const);
      expectConforms(Object.fromEntries(emptied), 'register.response');
    },
    { needs: answerNeeds('tracker', 'register'), setup: () => ({ startOnly: true }), running: true },
  ),

  trackerCase(
    'tracker.register.port-range/accepts-the-ends',
    'Peers register with listen_port 1 and 65535: success, and others are given these ports.',
    async (tracker) => {
      for (const port of [1, 65_535]) {
        const id = `at-${port}`;
        expectSuccess(await tracker.register(id, port), `success for listen_port ${port}`);
        const entry = expectPeers(await tracker.register('bia', 20_002)).find((peer) => field(peer, 'peer_id') === id);
        expectEqual(field(entry, 'port'), port, `a list of peers with ${id} at port`);
      }
    },
    { needs: [listsOthers, ENTRY] },
  ),

  trackerCase(
    'tracker.register.port-range/refuses-others',
    'A peer registers with listen_port 0, -1, 65536: error each time.',
    async (tracker) => {
      for (const port of [0, -1, 65_536]) {
        expectError(await tracker.register(tracker.id('ana'), port), `status "error" for listen_port ${port}`);
      }
    },
    { running: true },
  ),

  trackerCase(
    'tracker.register.source-address/other-loopback-address',
    `A peer registers from ${otherLoopback}: others are given that address.`,
    async (tracker) => {
      expectSuccess(await tracker.register('ana', 20_001, { localAddress: otherLoopback }));
      const peers = expectPeers(await tracker.register('bia', 20_002));
      const ip = field(
        peers.find((peer) => field(peer, 'peer_id') === 'ana'),
        'ip',
      );
      // A socket that serves IPv4 and IPv6 alike sees IPv4 addresses in this form; it is the same address.
      if (ip === `::ffff:${otherLoopback}`) return;
      expectEqual(ip, otherLoopback, 'a list of peers with ana at ip');
    },
    {
      needs: [listsOthers],
      inapplicable: otherSystem,
    },
  ),

  trackerCase(
    'tracker.register.source-address/ip-in-the-request',
    'A registration has fields ip and host, which the protocol does not know: others are given the source address.',
    async (tracker) => {
      const [ana, bia] = [await tracker.registrant('ana'), await tracker.registrant('bia')];
      const wrong = '10.9.8.7';
      expectSuccess(
        await tracker.client.ask({ ...register(ana.id, ana.port), ip: wrong, host: wrong, address: wrong }),
      );
      const peers = expectPeers(await tracker.register(bia.id, bia.port));
      const ip = field(
        peers.find((peer) => field(peer, 'peer_id') === ana.id),
        'ip',
      );
      const { sourceIp } = tracker;
      if (ip === wrong) throw new Violation('the source address of the registration', `ip ${wrong} of the request`);
      if (sourceIp === undefined || ip === `::ffff:${sourceIp}`) return;
      expectEqual(ip, sourceIp, 'a list of peers with ana at ip');
    },
    { needs: [listsOthers], running: true },
  ),

  trackerCase(
    'tracker.register.replaces/new-port',
    'A peer registers again with another port: it is listed once, at the new port.',
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
    { needs: [listsOthers, ENTRY], running: true },
  ),

  trackerCase(
    'tracker.register.replaces/new-address',
    `A peer registers from ${otherLoopback}, then from 127.0.0.1: it is listed once, at the new address.`,
    async (tracker) => {
      expectSuccess(await tracker.register('ana', 20_001, { localAddress: otherLoopback }));
      expectSuccess(await tracker.register('ana', 20_001), 'success for a second registration');
      const ips = expectPeers(await tracker.register('bia', 20_002))
        .filter((peer) => field(peer, 'peer_id') === 'ana')
        .map((peer) => String(field(peer, 'ip')).replace('::ffff:', ''));
      expectEqual(ips, ['127.0.0.1'], 'addresses of the entries for ana');
    },
    {
      needs: ['tracker.register.source-address/other-loopback-address', 'tracker.register.replaces/new-port'],
      inapplicable: otherSystem,
    },
  ),

  trackerCase(
    listsOthers,
    'Three peers have registered and a fourth does: it is given exactly the three others.',
    async (tracker) => {
      const [ids, ana] = [await tracker.registerMany('peer-', 2), await tracker.registrant('ana')];
      const others = tracker.own(expectPeerIds(await tracker.register(ana.id, ana.port)));
      expectEqual(others, [...ids, tracker.known].sort(), 'the ids of the peers listed');
    },
    { running: true },
  ),

  trackerCase(
    'tracker.register.lists-others/all-of-twelve',
    'Twelve peers have registered and one more does: it is given all twelve, not five of them.',
    async (tracker) => {
      const [ids, zoe] = [await tracker.registerMany('peer-', 11), await tracker.registrant('zoe')];
      const others = tracker.own(expectPeerIds(await tracker.register(zoe.id, zoe.port)));
      expectEqual(others, [...ids, tracker.known].sort(), 'the ids of the peers listed');
    },
    { needs: [listsOthers], running: true },
  ),

  trackerCase(
    'tracker.register.lists-others/not-itself-again',
    'A peer registers twice: the second answer does not list it either.',
    async (tracker) => {
      const { id, port } = await tracker.registrant('ana');
      expectSuccess(await tracker.register(id, port));
      const others = tracker.own(expectPeerIds(await tracker.register(id, port)));
      expectEqual(others, [tracker.known], 'the ids of the peers listed');
    },
    { needs: [listsOthers], running: true },
  ),

  trackerCase(
    'tracker.register.lists-others/ids-alike',
    'Peers register whose ids differ in case, white space, the form of an accent, the last of 1,001 characters: all are listed.',
    async (tracker) => {
      for (const id of ALIKE) expectSuccess(await tracker.register(id, 20_001), `success for ${JSON.stringify(id)}`);
      const others = [...ALIKE.filter((id) => id !== 'an'), tracker.known].sort();
      expectEqual(expectPeerIds(await tracker.register('an', 20_001)), others, 'the ids of the peers listed');
    },
    { needs: [listsOthers] },
  ),

  trackerCase(
    'tracker.register.lists-others/odd-ids',
    'Peers are named __proto__, constructor, ../../etc/passwd and the like: each is listed under its name, and others still are.',
    async (tracker) => {
      const others = [tracker.known];
      for (const id of ODD) {
        expectSuccess(await tracker.register(id, 20_001), `success for the registration of ${JSON.stringify(id)}`);
        others.push(id);
        const listed = expectPeerIds(await tracker.register('bia', 20_002));
        expectEqual(listed, others.sort(), `after ${JSON.stringify(id)} has registered, the ids of the peers listed`);
      }
    },
    { needs: [listsOthers] },
  ),

  trackerCase(
    ENTRY,
    'Every entry of the lists that register and get_peers give has a peer_id, an IP address and a port.',
    async (tracker) => {
      await tracker.registerMany('peer-', 3);
      for (const name of ['register.response', 'get_peers.response'] as const) {
        const { id, port } = await tracker.registrant('ana');
        const answer = name === 'register.response' ? await tracker.register(id, port) : await tracker.getPeers(id);
        const peers = expectPeers(answer);
        if (peers.length === 0) throw new Violation('entries for the other peers', 'an empty list');
        expectConforms({ status: 'success', initial_blocks: [], peers }, name);
      }
    },
    { needs: [listsOthers], running: true },
  ),

  trackerCase(
    'file.initial-blocks.distinct/ten-registrations',
    'Ten peers register: the initial_blocks of each are distinct indices of blocks of the file.',
    async (tracker) => {
      for (let n = 1; n <= 10; n += 1) {
        const { id, port } = await tracker.registrant(`peer-${n}`);
        const indices = field(expectSuccess(await tracker.register(id, port)), 'initial_blocks');
        const expected = `a list of distinct integers from 0 to ${tracker.blocks - 1}`;
        if (!Array.isArray(indices)) throw new Violation(expected, String(indices));
        const inRange = (index: unknown): boolean =>
          typeof index === 'number' && Number.isInteger(index) && index >= 0 && index < tracker.blocks;
        if (!indices.every(inRange) || new Set(indices).size < indices.length) {
          throw new Violation(expected, JSON.stringify(indices));
        }
      }
    },
    { running: true },
  ),
];
