import { expect } from 'chai';
import type { Finding } from '../observation.ts';
import { block, entry, FakeTraffic } from './test-support/fake-traffic.ts';

type Scene = (traffic: FakeTraffic) => Finding | undefined;

const success = { status: 'success' };
const info = { action: 'have_blocks_info', sender_id: 'peer0' };
const ask = (index: unknown) => ({ action: 'request_block', sender_id: 'peer0', block_index: index });
const announce = { action: 'announce_block', sender_id: 'peer1', block_index: 2 };
const list = { action: 'get_peers', peer_id: 'peer0' };
const lists = (...peers: object[]) => ({ ...success, peers });
const has = (...blocks_info: boolean[]) => ({ ...success, peer_id: 'peer1', blocks_info });

/** Two peers have registered; the second has block 2 and has announced it. */
function two(traffic: FakeTraffic): FakeTraffic {
  traffic.register(0);
  traffic.register(1);
  traffic.give(1, 2);
  traffic.exchange(1, 0, announce, success);
  return traffic;
}

/** For each clause: a scene that breaks it, and a similar one that does not. */
const pairs: [clause: string, who: number | 'tracker', broken: Scene, right: Scene][] = [
  ['wire.message.one-object', 0, (p) => p.request(0, 'tracker', 'hello'), (p) => p.request(0, 'tracker', list)],
  [
    'wire.message.unframed',
    0,
    (p) => p.request(0, 'tracker', '\u0000\u0000\u0000\u0020{"action"'),
    (p) => p.request(0, 'tracker', list),
  ],
  [
    'wire.exchange.one-request',
    0,
    (p) => p.request(0, 1, info, [info]),
    (p) => p.request(0, 1, info, [{ ...info, keep_alive: true }]),
  ],
  [
    'peer.requests.well-formed',
    0,
    (p) => p.request(0, 'tracker', { action: 'getPeers', peer_id: 'peer0' }),
    (p) => p.request(0, 'tracker', { ...list, encoding: 7, unknown: null }),
  ],
  ['peer.requests.well-formed', 0, (p) => two(p).request(0, 1, ask('2')), (p) => two(p).request(0, 1, ask(2))],
  ['file.blocks.shared-count', 0, (p) => two(p).request(0, 1, ask(4)), (p) => two(p).request(0, 1, ask(2))],
  ['peer.selection.asks-holders', 0, (p) => two(p).request(0, 1, ask(1)), (p) => two(p).request(0, 1, ask(2))],
  [
    'wire.response.status',
    'tracker',
    (p) => p.exchange(0, 'tracker', list, { status: 'ok' }),
    (p) => p.exchange(0, 'tracker', list, { status: 'error', reason: 7 }),
  ],
  [
    'wire.exchange.server-closes',
    1,
    (p) => p.unasked(0, 1, success),
    (p) => two(p).exchange(0, 1, ask(2), { status: 'error' }),
  ],
  [
    'tracker.register.success',
    'tracker',
    (p) => p.register(0, { initial_blocks: undefined }),
    (p) => p.register(0, { extra: true }),
  ],
  [
    'file.initial-blocks.distinct',
    'tracker',
    (p) => p.register(0, { initial_blocks: [1, 4] }),
    (p) => p.register(0, { initial_blocks: [0, 3] }),
  ],
  [
    'file.initial-data.inline',
    'tracker',
    (p) => p.register(0, { initial_blocks: [0], initial_blocks_data: { 0: 'bç;' } }),
    (p) => p.register(0, { initial_blocks: [0], initial_blocks_data: { 0: 'aé;' } }),
  ],
  [
    'file.metadata.fields',
    'tracker',
    (p) => p.register(0, { total_blocks: 5 }),
    (p) => p.register(0, { total_blocks: 4, file_size: 16 }),
  ],
  [
    'tracker.register.lists-others',
    'tracker',
    (p) => p.register(0, { peers: [entry(0)] }),
    (p) => (p.register(0), p.register(1, { peers: [entry(0)] })),
  ],
  [
    'tracker.register.source-address',
    'tracker',
    (p) => (p.register(0), p.register(1, { peers: [{ ...entry(0), port: 6000 }] })),
    (p) => (p.register(0), p.register(1, { peers: [{ ...entry(0), ip: '::ffff:127.0.0.1' }] })),
  ],
  [
    'tracker.peers.entry',
    'tracker',
    (p) => two(p).exchange(0, 'tracker', list, lists({ ...entry(1), port: '5001' })),
    (p) => two(p).exchange(0, 'tracker', list, lists({ ...entry(1), note: '5001' })),
  ],
  [
    'tracker.get-peers.never-requester',
    'tracker',
    (p) => two(p).exchange(0, 'tracker', list, lists(entry(0), entry(1))),
    (p) => two(p).exchange(0, 'tracker', list, lists(entry(1))),
  ],
  [
    'tracker.get-peers.no-duplicates',
    'tracker',
    (p) => two(p).exchange(0, 'tracker', list, lists(entry(1), entry(1))),
    (p) => p.exchange(0, 'tracker', list, lists(entry(1), entry(1))),
  ],
  [
    'tracker.get-peers.all-when-few',
    'tracker',
    (p) => two(p).exchange(0, 'tracker', list, lists()),
    // It has been reported dead: the tracker may list it or not.
    (p) => {
      two(p).request(0, 'tracker', { action: 'peer_offline', sender_id: 'peer0', dead_peer_id: 'peer1' });
      return p.exchange(0, 'tracker', list, lists());
    },
  ],
  [
    'tracker.offline.removes',
    'tracker',
    (p) => {
      two(p).exchange(1, 'tracker', { action: 'peer_offline', sender_id: 'peer1', dead_peer_id: 'peer1' }, success);
      return p.exchange(0, 'tracker', list, lists(entry(1)));
    },
    (p) => {
      two(p).exchange(1, 'tracker', { action: 'peer_offline', sender_id: 'peer1', dead_peer_id: 'peer1' }, success);
      p.register(1);
      return p.exchange(0, 'tracker', list, lists(entry(1)));
    },
  ],
  [
    'tracker.block.serves',
    'tracker',
    (p) => two(p).give(0, 2, { block_data: 'bç;' }),
    (p) => two(p).give(0, 2, { encoding: null }),
  ],
  [
    'tracker.block.serves',
    'tracker',
    (p) => two(p).give(0, 2, { status: 'error' }),
    (p) => p.give(0, 2, { status: 'error' }),
  ],
  [
    'peer.request-block.serves',
    1,
    (p) => two(p).exchange(0, 1, ask(2), block(2, { block_index: 1 })),
    (p) => two(p).exchange(0, 1, ask(2), block(2)),
  ],
  [
    'peer.request-block.serves',
    1,
    (p) => two(p).exchange(0, 1, ask(2), block(2, { block_data: 'cñ' })),
    (p) => two(p).exchange(0, 1, ask(2), { status: 'error', reason: 'Choked or block unavailable' }),
  ],
  [
    'file.encoding.only-when-asked',
    1,
    (p) => two(p).exchange(0, 1, ask(2), block(2, { block_data: btoa('c\xc3\xb1;'), encoding: 'base64' })),
    (p) => {
      const wish = { ...ask(2), encoding: 'base64' };
      return two(p).exchange(0, 1, wish, block(2, { block_data: btoa('c\xc3\xb1;'), encoding: 'base64' }));
    },
  ],
  [
    'peer.have-blocks.shape',
    1,
    (p) => two(p).exchange(0, 1, info, has(false, false, true)),
    (p) => two(p).exchange(0, 1, info, has(false, false, true, false)),
  ],
  [
    'peer.have-blocks.shape',
    1,
    (p) => two(p).exchange(0, 1, info, { ...has(false, false, true, false), peer_id: 'peer9' }),
    (p) => two(p).exchange(0, 1, info, has(false, false, true, false)),
  ],
  [
    'peer.have-blocks.truth',
    1,
    (p) => two(p).exchange(0, 1, info, has(true, false, true, false)),
    // It may have got the block unobserved.
    (p) => {
      p.model.hasGaps = true;
      return two(p).exchange(0, 1, info, has(true, false, true, false));
    },
  ],
  [
    'peer.announce.success',
    0,
    (p) => two(p).exchange(1, 0, announce, { status: 'error' }),
    (p) => two(p).exchange(1, 0, announce, success),
  ],
  [
    'peer.have-blocks.shape',
    1,
    (p) => two(p).unanswered(0, 1, info, 'closed'),
    // It has all blocks, and may be leaving.
    (p) => {
      two(p);
      for (const index of [0, 1, 3]) p.give(1, index);
      return p.unanswered(0, 1, info, 'closed');
    },
  ],
  [
    'wire.exchange.half-close',
    1,
    (p) => two(p).unanswered(0, 1, info, 'half-closed'),
    (p) => two(p).unanswered(0, 1, info, 'given-up', 900),
  ],
  [
    'tracker.get-peers.all-when-few',
    'tracker',
    (p) => p.unanswered(0, 'tracker', list, 'silent', 10_000),
    () => undefined,
  ],
  ['peer.listen.before-register', 1, (p) => two(p).refused(0, 1), (p) => two(p).unanswered(0, 1, info, 'silent', 900)],
];

describe('the rules for observed messages', () => {
  for (const [number, [clause, culprit, broken, right]] of pairs.entries()) {
    it(`find the culprit that breaks ${clause}, and none in a similar scene (${number + 1})`, () => {
      expect(broken(new FakeTraffic())).to.include({ clause, culprit }).and.not.have.property('isSuspicion');
      expect(right(new FakeTraffic())).to.equal(undefined);
    });
  }

  it('accept a request to the wrong role, and any answer to it', () => {
    const traffic = two(new FakeTraffic());
    expect(traffic.exchange(0, 1, list, lists())).to.equal(undefined);
    expect(traffic.unanswered(0, 1, list, 'closed')).to.equal(undefined);
  });

  it('only suspect a server that made a client wait for less than the time limit', () => {
    const found = new FakeTraffic().unanswered(0, 'tracker', list, 'given-up', 5_000);
    expect(found).to.include({ culprit: 'tracker', isSuspicion: true }).and.not.have.property('clause');
  });

  it('accept any cut of the file from the tracker, and expect the same of peers', () => {
    const traffic = two(new FakeTraffic());
    expect(traffic.give(0, 0, { block_data: '' })).to.equal(undefined);
    expect(traffic.give(0, 1, { block_data: 'aé;bç;' })).to.equal(undefined);
    expect(traffic.give(0, 3, { block_data: 'ü;' })).to.include({ clause: 'tracker.block.serves' });
  });
});
