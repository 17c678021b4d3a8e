import { expect } from 'chai';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { mock } from 'node:test';
import { encodeMessage, MessageError } from '../core/wire/messages.ts';
import { MessageServer } from './message-server.ts';

/** More than the buffers of two sockets hold. */
const largeBytes = 16 << 20;

/** Echoes the action; refuses `fail`, and answers `later` when `release` is called. */
class EchoServer {
  readonly server: MessageServer;
  port = 0;
  release: () => void = () => undefined;
  served = 0;

  constructor() {
    this.server = new MessageServer((message, { keepAlive }) => {
      this.served++;
      if (message['action'] === 'fail') throw new MessageError('no such thing');
      const { action: echo, size } = message;
      const filler = typeof size === 'number' ? 'x'.repeat(size) : '';
      const response = encodeMessage({ status: 'success', echo, filler, ...(keepAlive && { keep_alive: true }) });
      return echo === 'later' ? new Promise((resolve) => (this.release = () => resolve(response))) : response;
    });
  }

  async connect(): Promise<Client> {
    const client = new Client(connect({ port: this.port, host: '127.0.0.1', allowHalfOpen: true }));
    await once(client.socket, 'connect');
    return client;
  }
}

class Client {
  readonly socket: Socket;
  received = '';

  constructor(socket: Socket) {
    this.socket = socket.setEncoding('utf8').on('data', (text) => (this.received += String(text)));
  }

  /** The responses until the server closes its side. */
  async untilEnd(): Promise<Record<string, unknown>[]> {
    if (!this.socket.readableEnded) await once(this.socket, 'end');
    this.socket.end();
    return this.responses();
  }

  responses(): Record<string, unknown>[] {
    const texts = this.received.split(/(?<=\})(?=\{)/).filter((text) => text.endsWith('}'));
    return texts.map((text) => JSON.parse(text) as Record<string, unknown>);
  }
}

describe('the server', () => {
  let echo: EchoServer;
  beforeEach(async () => {
    echo = new EchoServer();
    echo.port = await echo.server.listen('127.0.0.1', 0);
  });
  afterEach(() => echo.server.close(0));

  it('answers one request and closes', async () => {
    const client = await echo.connect();
    client.socket.write('{"action":"é"}');
    expect(await client.untilEnd()).to.deep.equal([{ status: 'success', echo: 'é', filler: '' }]);
  });

  it('acts on the closing brace, although the bytes arrive one by one', async () => {
    const client = await echo.connect();
    client.socket.setNoDelay(true);
    for (const byte of Buffer.from('{"action":"é}"}')) {
      client.socket.write(Buffer.of(byte));
      await new Promise(setImmediate);
    }
    expect((await client.untilEnd())[0]).to.include({ echo: 'é}' });
  });

  it('reads what follows the request, so that there is no TCP reset', async () => {
    for (let round = 0; round < 20; round++) {
      const client = await echo.connect();
      client.socket.write('{"action":"a"}\n');
      client.socket.write('\r\n  more, which nobody reads');
      expect(await client.untilEnd()).to.have.length(1);
    }
  });

  it('answers a client that has closed its sending side', async () => {
    const client = await echo.connect();
    client.socket.end('{"action":"later"}');
    while (echo.served === 0) await new Promise(setImmediate);
    echo.release();
    expect((await client.untilEnd())[0]).to.include({ echo: 'later' });
  });

  it('keeps the connection open if asked to, and answers pipelined requests in order', async () => {
    const client = await echo.connect();
    const requests = ['later', 'b', 'fail', 'c'].map((action) => JSON.stringify({ action, keep_alive: true }));
    client.socket.write(`${requests.join('')}{"action":"last"}`);
    while (echo.served === 0) await new Promise(setImmediate);
    expect(echo.served).to.equal(1);
    echo.release();
    const responses = await client.untilEnd();
    expect(responses.map((each) => each['echo'] ?? each['reason'])).to.deep.equal([
      'later',
      'b',
      'no such thing',
      'c',
      'last',
    ]);
    expect(responses.map((each) => each['keep_alive'])).to.deep.equal([true, true, true, true, undefined]);
  });

  const garbage = [
    'GET / HTTP/1.1\r\n\r\n',
    '[]',
    '{]}',
    '{"a":"\xff"}',
    '{"a":}',
    `{"a":${'['.repeat(500)}`,
    `{"a":"${'x'.repeat(70_000)}"}`,
  ];
  for (const bytes of garbage) {
    it(`answers ${JSON.stringify(bytes.slice(0, 12))}… with an error, and serves others`, async () => {
      const client = await echo.connect();
      client.socket.write(Buffer.from(bytes, 'latin1'));
      expect((await client.untilEnd())[0]).to.include({ status: 'error' });
      const other = await echo.connect();
      other.socket.write('{"action":"a"}');
      expect((await other.untilEnd())[0]).to.include({ echo: 'a' });
    });
  }

  it('serves others while hundreds are silent, or have sent half a request', async () => {
    const idle = await Promise.all(Array.from({ length: 200 }, () => echo.connect()));
    for (const [index, { socket }] of idle.entries()) if (index % 2 === 0) socket.write('{"action":"');
    const client = await echo.connect();
    client.socket.write('{"action":"a"}');
    expect(await client.untilEnd()).to.have.length(1);
    for (const { socket } of idle) socket.destroy();
  });

  it('closes the connection when a request takes more than ten seconds', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const client = await echo.connect();
      const closed = once(client.socket, 'close');
      client.socket.on('error', () => undefined);
      for (let second = 0; second < 10; second++) {
        client.socket.write(second === 0 ? '{"action":"' : 'a');
        for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
        mock.timers.tick(1000);
      }
      client.socket.end();
      await closed;
      expect(client.received).to.equal('');
    } finally {
      mock.timers.reset();
    }
  });

  it('stops reading while a client does not read its responses', async () => {
    const client = await echo.connect();
    client.socket.pause();
    const request = JSON.stringify({ action: 'a', size: 60_000, keep_alive: true });
    client.socket.write(request.repeat(500));
    let served = -1;
    while (served !== echo.served) {
      served = echo.served;
      for (let turn = 0; turn < 200; turn++) await new Promise(setImmediate);
    }
    expect(served).to.be.within(1, 400);
    client.socket.resume();
    while (client.socket.bytesRead < 500 * 60_000) await once(client.socket, 'data');
    expect(echo.served).to.equal(500);
    client.socket.destroy();
  });

  it('sends a large response completely to a client that needs a minute to read it', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    try {
      const client = await echo.connect();
      client.socket.pause();
      client.socket.write(JSON.stringify({ action: 'a', size: largeBytes }));
      while (echo.served === 0) await new Promise(setImmediate);
      for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
      mock.timers.tick(60_000);
      client.socket.resume();
      const [response] = await client.untilEnd();
      expect(response?.['filler']).to.have.length(largeBytes);
    } finally {
      mock.timers.reset();
    }
  });

  it('completes a response in progress before it closes', async () => {
    const client = await echo.connect();
    client.socket.write('{"action":"later","keep_alive":true}');
    while (echo.served === 0) await new Promise(setImmediate);
    const closed = echo.server.close(5000);
    echo.release();
    expect(await client.untilEnd()).to.have.length(1);
    await closed;
  });
});
