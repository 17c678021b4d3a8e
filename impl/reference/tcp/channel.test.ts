import { expect } from 'chai';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { Channel } from './channel.ts';
import { ExchangeError } from './client-connection.ts';
import { MessageFramer, requestLimits } from '../core/wire/message-framer.ts';
import { parseMessage } from '../core/wire/messages.ts';
import { MessageServer } from './message-server.ts';

const limits = { maxMessageBytes: 1024 * 1024, maxDepth: 64 };

/** A server scripted by a test: `onRequest` gets the id of each request, its number on the connection, and the socket. */
async function serve(
  onRequest: (id: unknown, nth: number, socket: Socket) => void,
): Promise<Server & { accepted: number }> {
  const server = Object.assign(createServer(), { accepted: 0 });
  server.on('connection', (socket: Socket) => {
    server.accepted++;
    const framer = new MessageFramer(requestLimits);
    let nth = 0;
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      framer.receive(chunk);
      for (let bytes = framer.next(); bytes !== undefined; bytes = framer.next()) {
        onRequest(parseMessage(bytes)['id'], ++nth, socket);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function channelTo(server: Server): Channel {
  return new Channel({ host: '127.0.0.1', port: (server.address() as AddressInfo).port }, limits);
}

async function ask(channel: Channel, id: number, timeoutMs = 5000): Promise<unknown> {
  return parseMessage(await channel.exchange({ id }, timeoutMs))['id'];
}

async function failureOf(exchange: Promise<unknown>): Promise<unknown> {
  return exchange.then(
    () => 'none',
    (error: unknown) => (error instanceof ExchangeError ? error.failure : error),
  );
}

const ids = Array.from({ length: 100 }, (_, index) => index);

describe('the channel to a server', () => {
  let server: Server & { accepted: number };
  let channel: Channel;
  afterEach(() => {
    channel.close();
    server.close();
  });

  it('sends everything over one connection if keep_alive is granted', async () => {
    server = await serve((id, _, socket) => socket.write(JSON.stringify({ id, keep_alive: true })));
    channel = channelTo(server);
    expect(await Promise.all(ids.map((id) => ask(channel, id)))).to.deep.equal(ids);
    expect(server.accepted).to.equal(1);
  });

  it('opens a connection for each request if it is not', async () => {
    server = await serve((id, _, socket) => socket.end(JSON.stringify({ id })));
    channel = channelTo(server);
    expect(await Promise.all(ids.map((id) => ask(channel, id)))).to.deep.equal(ids);
    expect(server.accepted).to.equal(100);
  });

  it('does not wait for a server that answers and does not close', async () => {
    server = await serve((id, _, socket) => socket.write(JSON.stringify({ id })));
    channel = channelTo(server);
    expect(await Promise.all(ids.map((id) => ask(channel, id)))).to.deep.equal(ids);
  });

  it('loses nothing when the server closes after some responses', async () => {
    server = await serve((id, nth, socket) => {
      if (nth > 3) socket.end();
      else socket.write(JSON.stringify({ id, keep_alive: true }));
    });
    channel = channelTo(server);
    for (const id of ids.slice(0, 10)) expect(await ask(channel, id)).to.equal(id);
  });

  it('loses none of many requests at once, however often the server closes', async () => {
    server = await serve((id, nth, socket) => {
      if (nth > 3) socket.end();
      else socket.write(JSON.stringify({ id, keep_alive: true }));
    });
    channel = channelTo(server);
    expect(await Promise.all(ids.map((id) => ask(channel, id)))).to.deep.equal(ids);
  });

  it('reads a response that arrives byte by byte', async () => {
    server = await serve((id, _, socket) => {
      const bytes = Buffer.from(JSON.stringify({ id, text: '"é}' }));
      const next = (at: number): void => {
        if (at < bytes.length) socket.write(bytes.subarray(at, at + 1), () => next(at + 1));
      };
      next(0);
    });
    channel = channelTo(server);
    expect(await ask(channel, 7)).to.equal(7);
  });

  it('fails as unreachable when nobody listens', async () => {
    server = await serve(() => undefined);
    channel = channelTo(server);
    await new Promise((resolve) => server.close(resolve));
    expect(await Promise.all([failureOf(ask(channel, 1)), failureOf(ask(channel, 2))])).to.deep.equal([
      'unreachable',
      'unreachable',
    ]);
  });

  it('fails all pending requests as silent when the server is silent', async () => {
    server = await serve(() => undefined);
    channel = channelTo(server);
    expect(await Promise.all([failureOf(ask(channel, 1, 50)), failureOf(ask(channel, 2, 50))])).to.deep.equal([
      'silent',
      'silent',
    ]);
  });

  const wrong: [string, (socket: Socket) => void][] = [
    ['closes without an answer', (socket) => socket.end()],
    ['closes in the middle of an answer', (socket) => socket.end('{"status":"succ')],
    ['resets', (socket) => socket.resetAndDestroy()],
    ['sends something else', (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['sends too much', (socket) => socket.write(`{"a":"${'x'.repeat(2 * 1024 * 1024)}`)],
  ];
  for (const [title, act] of wrong) {
    it(`fails as wrong when the server ${title}, and can be used again`, async () => {
      let broken = true;
      server = await serve((id, _, socket) => {
        if (broken) act(socket);
        else socket.end(JSON.stringify({ id }));
      });
      channel = channelTo(server);
      expect(await failureOf(ask(channel, 1))).to.equal('wrong');
      broken = false;
      expect(await ask(channel, 2)).to.equal(2);
    });
  }

  it('reads the responses of MessageServer', async () => {
    const own = new MessageServer(({ id }, { keepAlive }) =>
      Buffer.from(JSON.stringify({ id, keep_alive: keepAlive })),
    );
    server = await serve(() => undefined);
    channel = new Channel({ host: '127.0.0.1', port: await own.listen('127.0.0.1', 0) }, limits);
    expect(await Promise.all(ids.map((id) => ask(channel, id)))).to.deep.equal(ids);
    channel.close();
    await own.close(0);
  });
});
