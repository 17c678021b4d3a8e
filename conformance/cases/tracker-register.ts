import { trackerCase } from '../case.ts';
import { expectConforms, expectEqual, expectError, expectPeerIds, expectPeers, expectSuccess } from '../expect.ts';
import { Violation } from '../violation.ts';
import { field } from '../wire/message.ts';
import { register } from '../wire/requests.ts';
import { answerNeeds } from './server-case.ts';

const LISTS_OTHERS = 'tracker.register.lists-others/three-others';

/** Any address of the loopback network but the usual one: a client can be there without being configured. */
const OTHER_LOOPBACK = '127.0.0.2';

export const trackerRegisterCases = [
  trackerCase(
    'tracker.register.success/first-peer',
    'A peer registers with a tracker that has just started: success, with initial_blocks and peers.',
    async (tracker) => {
      const message = expectSuccess(await tracker.register('ana', 20_001));
      // What is in the lists is for other clauses.
      const emptied = Object.entries(message).map(([key, value]) => [key, Array.isArray(value) ? [] : value] as const);
      expectConforms(Object.fromEntries(emptied), 'register.response');
    },
    { needs: answerNeeds('tracker', 'register'), setup: () => ({ bare: true }) },
  ),

  ...[1, 65_535].map((port) =>
    trackerCase(
      `tracker.register.port-range/accepts-${port}`,
      `A peer registers with listen_port ${port}: success, and others are given that port.`,
      async (tracker) => {
        expectSuccess(await tracker.register('ana', port), `success for listen_port ${port}`);
        const ana = expectPeers(await tracker.register('bia', 20_002)).find((peer) => field(peer, 'peer_id') === 'ana');
        expectEqual(field(ana, 'port'), port, 'a list of peers with ana at port');
      },
      { needs: [LISTS_OTHERS] },
    ),
  ),

  ...[0, -1, 65_536].map((port) =>
    trackerCase(
      `tracker.register.port-range/refuses-${port}`,
      `A peer registers with listen_port ${port}: error.`,
      async (tracker) => {
        expectError(await tracker.register('ana', port), `status "error" for listen_port ${port}`);
      },
    ),
  ),

  trackerCase(
    'tracker.register.source-address/other-loopback-address',
    `A peer registers from ${OTHER_LOOPBACK}: others are given that address.`,
    async (tracker) => {
      expectSuccess(await tracker.register('ana', 20_001, { localAddress: OTHER_LOOPBACK }));
      const peers = expectPeers(await tracker.register('bia', 20_002));
      const ip = field(
        peers.find((peer) => field(peer, 'peer_id') === 'ana'),
        'ip',
      );
      // A socket that serves IPv4 and IPv6 alike sees IPv4 addresses in this form; it is the same address.
      if (ip === `::ffff:${OTHER_LOOPBACK}`) return;
      expectEqual(ip, OTHER_LOOPBACK, 'a list of peers with ana at ip');
    },
    {
      needs: [LISTS_OTHERS],
      inapplicable: () =>
        process.platform === 'linux' ? undefined : 'only Linux lets a client choose among loopback addresses',
    },
  ),

  trackerCase(
    'tracker.register.source-address/ip-in-the-request',
    'A registration has fields ip and host, which the protocol does not know: others are given the source address.',
    async (tracker) => {
      const request = { ...register('ana', 20_001), ip: '10.9.8.7', host: '10.9.8.7', address: '10.9.8.7' };
      expectSuccess(await tracker.client.ask(request));
      const peers = expectPeers(await tracker.register('bia', 20_002));
      const ip = field(
        peers.find((peer) => field(peer, 'peer_id') === 'ana'),
        'ip',
      );
      if (ip !== '::ffff:127.0.0.1') expectEqual(ip, '127.0.0.1', 'a list of peers with ana at ip');
    },
    { needs: [LISTS_OTHERS] },
  ),

  trackerCase(
    'tracker.register.replaces/new-port',
    'A peer registers again with another port: it is listed once, at the new port.',
    async (tracker) => {
      expectSuccess(await tracker.register('ana', 20_001));
      expectSuccess(await tracker.register('ana', 20_777), 'success for a second registration');
      const ports = expectPeers(await tracker.register('bia', 20_002))
        .filter((peer) => field(peer, 'peer_id') === 'ana')
        .map((peer) => field(peer, 'port'));
      expectEqual(ports, [20_777], 'ports of the entries for ana');
    },
    { needs: [LISTS_OTHERS] },
  ),

  trackerCase(
    LISTS_OTHERS,
    'Three peers have registered and a fourth does: it is given exactly the three others.',
    async (tracker) => {
      await tracker.registerMany('peer-', 2);
      const others = expectPeerIds(await tracker.register('ana', 20_100));
      expectEqual(others, ['peer-1', 'peer-2', tracker.known], 'the ids of the peers listed');
    },
  ),

  trackerCase(
    'tracker.register.lists-others/all-of-twelve',
    'Twelve peers have registered and one more does: it is given all twelve, not five of them.',
    async (tracker) => {
      const ids = await tracker.registerMany('peer-', 11);
      const others = expectPeerIds(await tracker.register('zoe', 20_100));
      expectEqual(others, [...ids, tracker.known].sort(), 'the ids of the peers listed');
    },
    { needs: [LISTS_OTHERS] },
  ),

  trackerCase(
    'tracker.register.lists-others/not-itself-again',
    'A peer registers twice: the second answer does not list it either.',
    async (tracker) => {
      expectSuccess(await tracker.register('ana', 20_001));
      expectEqual(expectPeerIds(await tracker.register('ana', 20_001)), [tracker.known], 'the ids of the peers listed');
    },
    { needs: [LISTS_OTHERS] },
  ),

  ...['__proto__', 'constructor', '../../etc/passwd', 'joão "ção" \u{1f600}', '<b>\u001b[31m'].map((id, n) =>
    trackerCase(
      `tracker.register.lists-others/odd-id-${n + 1}`,
      `A peer is named ${JSON.stringify(id)}: it is listed under that name, and others still are.`,
      async (tracker) => {
        expectSuccess(await tracker.register(id, 20_001), `success for the registration of ${JSON.stringify(id)}`);
        expectEqual(
          expectPeerIds(await tracker.client.ask(register('bia', 20_002))),
          [id, tracker.known].sort(),
          'the ids of the peers listed',
        );
      },
      { needs: [LISTS_OTHERS] },
    ),
  ),

  trackerCase(
    'tracker.peers.entry/register-and-get-peers',
    'Every entry of the lists that register and get_peers give has a peer_id, an IP address and a port.',
    async (tracker) => {
      await tracker.registerMany('peer-', 3);
      for (const name of ['register.response', 'get_peers.response'] as const) {
        const answer =
          name === 'register.response' ? await tracker.register('ana', 20_100) : await tracker.getPeers('ana');
        const peers = expectPeers(answer);
        if (peers.length === 0) throw new Violation('entries for the other peers', 'an empty list');
        expectConforms({ status: 'success', initial_blocks: [], peers }, name);
      }
    },
    { needs: [LISTS_OTHERS] },
  ),

  trackerCase(
    'file.initial-blocks.distinct/ten-registrations',
    'Ten peers register: the initial_blocks of each are distinct indices of blocks of the file.',
    async (tracker) => {
      for (let n = 1; n <= 10; n += 1) {
        const indices = field(expectSuccess(await tracker.register(`peer-${n}`, 20_000 + n)), 'initial_blocks');
        const expected = `a list of distinct integers from 0 to ${tracker.blocks - 1}`;
        if (!Array.isArray(indices)) throw new Violation(expected, String(indices));
        const inRange = (index: unknown): boolean =>
          typeof index === 'number' && Number.isInteger(index) && index >= 0 && index < tracker.blocks;
        if (!indices.every(inRange) || new Set(indices).size < indices.length) {
          throw new Violation(expected, JSON.stringify(indices));
        }
      }
    },
  ),
];
