import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { expect } from 'chai';
import { Connection } from './connection.ts';
import { Transcript } from './transcript.ts';

describe('Connection', () => {
  let server: Server | undefined;
  afterEach(() => server?.close());

  /** A connection to a server that answers the first bytes with a message and then ends in some way. */
  async function answered(end: (socket: Socket) => void): Promise<Connection> {
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => {
        socket.write('{"status":"success"}');
        end(socket);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const address = { host: '127.0.0.1', port };
    const connection = await Connection.open(new Transcript(), address, { from: 'a', to: 'b' }, { timeoutMs: 5_000 });
    await connection.send('{}');
    expect(String(await connection.message(0, 5_000))).to.equal('{"status":"success"}');
    return connection;
  }

  it('recognises a close', async () => {
    const connection = await answered((socket) => socket.end());
    expect(await connection.ended(5_000)).to.equal('closed');
    connection.close();
  });

  it('recognises a close by a server that is gone at once', async () => {
    const connection = await answered((socket) => socket.destroySoon());
    expect(await connection.ended(5_000)).to.equal('closed');
    connection.close();
  });

  it('recognises a reset that arrives before the answer is read', async () => {
    // Both come in the same turn of the event loop.
    const connection = await answered((socket) => socket.resetAndDestroy());
    expect(await connection.ended(5_000)).to.equal('reset');
    connection.close();
  });
});
