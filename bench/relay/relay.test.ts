import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { expect } from 'chai';
import type { Address } from '../../launch/ports/address.ts';
import { FakeServer, exchange } from './test-support/fake-server.ts';
import { Relay } from './relay.ts';

interface PeersAnswer {
  peers: { peer_id: string; ip: string; port: number }[];
}

describe('Relay', () => {
  let relay: Relay;
  let tracker: FakeServer;
  let peer: FakeServer;
  let trackerOf: Address[];
  let ports: number[];

  const success = (socket: Socket, rest = '') => socket.end(`{"status":"success"${rest}}`);

  beforeEach(async () => {
    const list = () => JSON.stringify(ports.map((port, i) => ({ peer_id: `peer${i + 1}`, ip: '::1', port, extra: i })));
    tracker = new FakeServer((_text, socket) => success(socket, `,"huge":1e400,"peers":${list()},"é":"\\u00e9"`));
    peer = new FakeServer((text, socket) =>
      text.includes('request_block') ? socket.end('{"status":"error"}') : success(socket),
    );
    const address = await peer.open();
    relay = new Relay(await tracker.open());
    // Peer 0 and peer 2 never run; peer 1 is the fake server.
    ports = [20_001, address.port, 20_003];
    trackerOf = [];
    for (const port of ports) trackerOf.push(await relay.admit({ host: '127.0.0.1', port }));
  });

  afterEach(async () => {
    await relay.close();
    tracker.close();
    peer.close();
  });

  /** The address at which peer 0 finds peer 1 in a list. */
  async function peerAddress(): Promise<Address> {
    const heard = await exchange(trackerOf[0] as Address, '{"action":"get_peers","peer_id":"peer1"}');
    const entry = (JSON.parse(heard) as PeersAnswer).peers[1];
    return { host: entry?.ip ?? '', port: entry?.port ?? 0 };
  }

  /** The same swarm behind another tracker. */
  async function replaceTracker(answer: (text: string, socket: Socket) => void): Promise<void> {
    tracker.close();
    await relay.close();
    tracker = new FakeServer(answer);
    relay = new Relay(await tracker.open());
    trackerOf = [];
    for (const port of ports) trackerOf.push(await relay.admit({ host: '127.0.0.1', port }));
  }

  async function replacePeer(answer: (text: string, socket: Socket) => void): Promise<void> {
    peer.close();
    peer = new FakeServer(answer);
    const address = await peer.open();
    await relay.admit(address);
    ports[1] = address.port;
  }

  it('rewrites the list for each client, and no byte outside the list', async () => {
    const first = await exchange(
      trackerOf[0] as Address,
      '{"action":"register","peer_id":"peer1","listen_port":20001}',
    );
    const second = await exchange(trackerOf[2] as Address, '{"action":"get_peers","peer_id":"peer1"}');
    expect(first).to.match(/^\{"status":"success","huge":1e400,"peers":\[.*\],"é":"\\u00e9"\}$/);
    const [firstPeers, secondPeers] = [first, second].map((text) => (JSON.parse(text) as PeersAnswer).peers);
    expect(firstPeers?.map(({ peer_id, ip }) => [peer_id, ip])).to.deep.equal([
      ['peer1', '127.0.0.1'],
      ['peer2', '127.0.0.1'],
      ['peer3', '127.0.0.1'],
    ]);
    const all = [...(firstPeers ?? []), ...(secondPeers ?? [])].map(({ port }) => port);
    expect(new Set([...all, ...ports]).size).to.equal(9);
  });

  it('gives the same client the same port again', async () => {
    expect(await peerAddress()).to.deep.equal(await peerAddress());
  });

  it('identifies client and server by the dialled port, whatever the message claims', async () => {
    const to = await peerAddress();
    await exchange(to, '{"action":"announce_block","sender_id":"peer3","block_index":0}');
    await exchange(to, '{"action":"request_block","sender_id":"peer1","block_index":4}');
    await exchange(to, '{"action":"dance"}');
    expect(relay.counter.sent(0, 'peers')).to.include({ announce_block: 1, request_block: 1, other: 1 });
    expect(relay.counter.received(1)).to.deep.equal(relay.counter.sent(0, 'peers'));
    expect(relay.counter.sent(2, 'peers')).to.include({ announce_block: 0 });
    expect(relay.counter.edge(0, 1).refused).to.include({ request_block: 1, announce_block: 0 });
    expect(relay.counter.sent(0, 'tracker')).to.include({ get_peers: 1 });
  });

  it('records the registration, and blocks that came with it or on request', async () => {
    tracker.close();
    tracker = new FakeServer((text, socket) =>
      text.includes('register') ? success(socket, ',"initial_blocks_data":{"3":"x","9":"y"}') : success(socket),
    );
    await relay.close();
    relay = new Relay(await tracker.open());
    const trackerAddress = await relay.admit({ host: '127.0.0.1', port: 20_001 });
    expect(relay.counter.registeredAtMs(0)).to.equal(undefined);
    await exchange(trackerAddress, '{"action":"register","peer_id":"a","listen_port":20001}');
    for (const index of [5, 5, 6])
      await exchange(trackerAddress, `{"action":"request_block_tracker","block_index":${index}}`);
    expect(relay.counter.registeredAtMs(0)).to.be.a('number');
    expect(relay.counter.transfers(0).map(({ from, block }) => [from, block])).to.deep.equal(
      [3, 9, 5, 5, 6].map((block) => ['tracker', block]),
    );
  });

  it('reads messages that are cut anywhere', async () => {
    const bytes = Array.from(Buffer.from('{"action":"announce_block","sender_id":"é"}'), (byte) => Buffer.from([byte]));
    await replacePeer((text, socket) => text.includes('}') && success(socket));
    expect(await exchange(await peerAddress(), bytes)).to.equal('{"status":"success"}');
    expect(relay.counter.sent(0, 'peers')).to.include({ announce_block: 1 });
  });

  it('keeps pipelined requests and their answers in order, rewriting only the lists', async () => {
    tracker.close();
    let pending = '';
    tracker = new FakeServer((text, socket) => {
      pending += text;
      if (pending.split('}').length < 4) return;
      socket.write('{"status":"success","block_data":"[{');
      setImmediate(() => socket.end(`"}{"status":"success","peers":[{"port":${ports[1]}}]} {"status":"error"}\n`));
    });
    await relay.close();
    relay = new Relay(await tracker.open());
    const trackerAddress = await relay.admit({ host: '127.0.0.1', port: 20_001 });
    await relay.admit({ host: '127.0.0.1', port: ports[1] ?? 0 });
    const heard = await exchange(
      trackerAddress,
      '{"action":"request_block_tracker","block_index":1}{"action":"get_peers"}\n{"action":"peer_offline"}',
    );
    const expected =
      /^\{"status":"success","block_data":"\[\{"\}\{"status":"success","peers":\[\{"port":(\d+),"ip":"127.0.0.1"\}\]\} \{"status":"error"\}\n$/;
    expect(heard).to.match(expected);
    expect(Number(expected.exec(heard)?.[1])).to.not.equal(ports[1]);
    expect(relay.counter.edge(0, 'tracker').refused).to.include({ peer_offline: 1, get_peers: 0 });
  });

  it('streams a block much larger than its buffers, unchanged', async () => {
    const block = 'abc\\"'.repeat(2_000_000);
    await replacePeer((_text, socket) => socket.end(`{"status":"success","block_data":"${block}"}`));
    const heard = await exchange(await peerAddress(), '{"action":"request_block","sender_id":"peer1","block_index":1}');
    expect(heard === `{"status":"success","block_data":"${block}"}`).to.equal(true);
    expect(relay.counter.transfers(0)).to.have.length(1);
  });

  it('forwards a half-close, and then the answer', async () => {
    await replacePeer(() => undefined);
    peer.server.on('connection', (socket: Socket) => socket.on('end', () => success(socket)));
    const socket = connect({ ...(await peerAddress()), allowHalfOpen: true });
    socket.end('{"action":"announce_block"}');
    const [heard] = (await once(socket, 'data')) as [Buffer];
    expect(heard.toString()).to.equal('{"status":"success"}');
    await once(socket, 'end');
  });

  it('resets the connection when the server resets its own', async () => {
    await replacePeer((_text, socket) => {
      socket.write('{"status":"suc', () => socket.resetAndDestroy());
    });
    const heard = await exchange(await peerAddress(), '{"action":"announce_block"}').catch(() => '');
    expect('{"status":"suc').to.contain(heard);
  });

  it('resets the connection to an unreachable peer, and counts nothing', async () => {
    const heard = await exchange(trackerOf[0] as Address, '{"action":"get_peers"}');
    const entry = (JSON.parse(heard) as PeersAnswer).peers[2];
    const failure = await exchange({ host: '127.0.0.1', port: entry?.port ?? 0 }, '{"action":"announce_block"}').catch(
      (error: unknown) => error,
    );
    expect(failure).to.include({ code: 'ECONNRESET' });
    expect(relay.counter.received(2)).to.include({ announce_block: 0 });
    expect(relay.counter.edge(0, 2)).to.include({ connections: 0, requestBytes: 0 });
  });

  it('refuses connections to a peer that has ended', async () => {
    const to = await peerAddress();
    relay.gone(1);
    await new Promise(setImmediate);
    const failure = await exchange(to, '{"action":"announce_block"}').catch((error: unknown) => error);
    expect(failure).to.include({ code: 'ECONNREFUSED' });
  });

  it('forwards garbage, and reports a gap in its counts', async () => {
    await replacePeer((text, socket) => socket.end(`echo ${text}`));
    expect(await exchange(await peerAddress(), '{"action":"announce_block"} GET / HTTP/1.1')).to.contain(
      'GET / HTTP/1.1',
    );
    expect(relay.counter.gaps).to.have.length(1);
  });

  it('reports a gap if the tracker lists a port that belongs to no peer', async () => {
    ports.push(4);
    const heard = await exchange(trackerOf[0] as Address, '{"action":"get_peers"}');
    expect((JSON.parse(heard) as PeersAnswer).peers[3]).to.deep.include({ ip: '::1', port: 4 });
    expect(relay.counter.gaps[0]).to.contain('port 4');
  });

  for (const [what, list] of [
    ['is not an array', '{"peer1":20001}'],
    ['is not JSON', '[NaN]'],
    ['has a port that is a string', '[{"peer_id":"peer2","ip":"127.0.0.1","port":"20001"}]'],
    ['has an entry that is not an object', '["127.0.0.1:20001"]'],
  ] as const) {
    it(`reports a gap if the tracker's list ${what}`, async () => {
      await replaceTracker((_text, socket) => success(socket, `,"peers":${list}`));
      expect(await exchange(trackerOf[0] as Address, '{"action":"get_peers"}')).to.contain(list);
      expect(relay.counter.gaps).to.have.length(1);
    });
  }

  it('finds a list in any answer of the tracker, and reports a gap for one that was not requested or came from a peer', async () => {
    const list = () => `,"peers":${JSON.stringify(ports.map((port) => ({ port, ip: '::1' })))}`;
    await replaceTracker((_text, socket) => success(socket, list()));
    const heard = await exchange(trackerOf[0] as Address, '{"action":"everybody"}');
    expect((JSON.parse(heard) as PeersAnswer).peers[1]?.port).to.not.equal(ports[1]);
    expect(relay.counter.gaps).to.deep.equal([]);
    await replacePeer((_text, socket) => success(socket, list()));
    await exchange(await peerAddress(), '{"action":"have_blocks_info"}');
    expect(relay.counter.gaps).to.deep.equal(['a peer sent another a list of peers']);
    await replaceTracker((_text, socket) => socket.end(`{"status":"success"}{"status":"success"${list()}}`));
    await exchange(trackerOf[0] as Address, '{"action":"get_peers"}');
    expect(relay.counter.gaps).to.have.length(1);
  });

  it('counts the bytes that both sides sent, before a list is rewritten, and the connections', async () => {
    const request = '{"action":"get_peers","peer_id":"peer1"}\n';
    const answer = `{"status":"success","peers":[{"peer_id":"é","ip":"::1", "port":${ports[1]}}]}`;
    await replaceTracker((_text, socket) => socket.end(answer));
    const [entry] = (JSON.parse(await exchange(trackerOf[0] as Address, request)) as PeersAnswer).peers;
    const to = { host: entry?.ip ?? '', port: entry?.port ?? 0 };
    for (let i = 0; i < 2; i++) await exchange(to, '{"action":"announce_block"}   ');
    expect(relay.counter.edge(0, 'tracker')).to.include({
      connections: 1,
      requestBytes: Buffer.byteLength(request),
      responseBytes: Buffer.byteLength(answer),
    });
    expect(relay.counter.edge(0, 1)).to.include({ connections: 2, requestBytes: 2 * 30, responseBytes: 2 * 20 });
  });
});
