import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { expect } from 'chai';
import type { Address } from '../../launch/ports/address.ts';
import type { LinkShape } from './line-schedule.ts';
import { Relay } from './relay.ts';

describe('Relay with a shape', () => {
  let server: Server;
  let relay: Relay;
  const sockets: Socket[] = [];

  /** Starts a tracker that calls `serve` for each connection. @returns its address for a peer */
  async function trackerBehind(shape: LinkShape, serve: (socket: Socket) => void): Promise<Address> {
    server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
      sockets.push(socket);
      socket.on('error', () => undefined);
      serve(socket);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    relay = new Relay({ host: '127.0.0.1', port }, undefined, shape);
    return relay.admit({ host: '127.0.0.1', port: 1 });
  }

  function client(to: Address): Socket {
    const socket = connect({ ...to, allowHalfOpen: true, noDelay: true });
    sockets.push(socket);
    return socket;
  }

  /** Waits for this many turns of the event loop. */
  async function turns(count: number): Promise<void> {
    for (let i = 0; i < count; i++) await new Promise(setImmediate);
  }

  afterEach(async () => {
    await relay.close();
    for (const socket of sockets.splice(0)) socket.destroy();
    server.close();
  });

  it('takes four times the latency for the first answer, and twice for the next', async () => {
    const latencyMs = 30;
    const to = await trackerBehind({ latencyMs }, (socket) => {
      socket.on('data', () => socket.write('{"status":"success"}'));
    });
    const socket = client(to);
    const tookMs: number[] = [];
    for (let i = 0; i < 2; i++) {
      const startMs = performance.now();
      socket.write('{"action":"get_peers"}');
      await once(socket, 'data');
      tookMs.push(performance.now() - startMs);
    }
    // A timer may be half a millisecond early, once per direction.
    expect(tookMs[0]).to.be.at.least(4 * latencyMs - 2);
    expect(tookMs[1]).to.be.within(2 * latencyMs - 2, tookMs[0] ?? 0);
    expect(relay.counter.edge(0, 'tracker')).to.include({ connections: 1, requestBytes: 44, responseBytes: 40 });
  });

  it('keeps its bandwidth over all connections together, and every byte', async () => {
    const sizeBytes = 100_000;
    const to = await trackerBehind({ bytesPerSecond: 1_000_000 }, (socket) => {
      socket.end(Buffer.alloc(sizeBytes, 'x'));
    });
    const startMs = performance.now();
    const heard = await Promise.all(
      [client(to), client(to)].map(async (socket) => {
        let bytes = 0;
        socket.on('data', (chunk) => (bytes += chunk.length));
        await once(socket, 'end');
        return bytes;
      }),
    );
    expect(heard).to.deep.equal([sizeBytes, sizeBytes]);
    expect(performance.now() - startMs).to.be.at.least(199);
  });

  it('delivers an end and a reset after the bytes before them', async () => {
    const heard: string[] = [];
    const to = await trackerBehind({ latencyMs: 30 }, (socket) => {
      socket.on('data', (chunk) => heard.push(chunk.toString()));
      socket.on('end', () => {
        heard.push('end');
        socket.write('{"status":');
        // By then the relay has read it, and holds it.
        void turns(50).then(() => socket.resetAndDestroy());
      });
    });
    const socket = client(to);
    socket.on('data', (chunk) => heard.push(chunk.toString()));
    // A reset that arrives together with bytes may look like an end.
    socket.on('error', () => undefined);
    socket.end('{"action":"request_block_tracker"}');
    await new Promise((resolve) => socket.once('close', resolve));
    expect(heard).to.deep.equal(['{"action":"request_block_tracker"}', 'end', '{"status":']);
  });

  it('resets a connection that the server never accepted, after the round trip', async () => {
    const to = await trackerBehind({ latencyMs: 20 }, () => undefined);
    server.close();
    await once(server, 'close');
    const startMs = performance.now();
    const [error] = (await once(client(to), 'error')) as [NodeJS.ErrnoException];
    expect(error.code).to.equal('ECONNRESET');
    expect(performance.now() - startMs).to.be.at.least(39);
  });

  it('reads no more from a sender than its limit while the other side does not read', async () => {
    const to = await trackerBehind({ bytesPerSecond: 1000 }, (socket) => socket.pause());
    const socket = client(to);
    const sizeBytes = 64 * 1024 * 1024;
    socket.write(Buffer.alloc(sizeBytes, ' '));
    const { counter: counter } = relay;
    let seen = -1;
    while (counter.edge(0, 'tracker').requestBytes > seen) {
      seen = counter.edge(0, 'tracker').requestBytes;
      await turns(200);
    }
    expect(seen).to.be.within(1, 1024 * 1024);
  });
});
